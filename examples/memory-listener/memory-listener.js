// Restarts programs that use too much memory: memory-listener.js NAME=LIMIT...
// NAME is what status prints (web, group:web); LIMIT is in bytes, or with KB, MB or GB.
import { readFile } from 'node:fs/promises';

// From the built packages of this repository; elsewhere '@tsvisor/core/listener' and '@tsvisor/rpc'.
import { listen } from '../../packages/core/dist/listener/index.js';
import { Client } from '../../packages/rpc/dist/index.js';

const units = { '': 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `web=200MB` → ['web', 209715200] */
function parseLimit(argument) {
  const [, name, number, unit = ''] = /^(.+)=(\d+)([KMG]B)?$/.exec(argument) ?? [];
  if (name === undefined) throw new Error(`${argument} is not of the form NAME=200MB`);
  return [name, Number(number) * units[unit]];
}

/** Bytes of memory that a process holds; 0 if it is gone. See proc(5), VmRSS. */
async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

const limits = new Map(process.argv.slice(2).map(parseLimit));
const supervisor = new Client({ serverUrl: process.env.SUPERVISOR_SERVER_URL });
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

async function restartIfTooLarge({ name, group, pid, statename }) {
  const fullName = name === group ? name : `${group}:${name}`;
  const limit = limits.get(fullName);
  if (limit === undefined || statename !== 'RUNNING') return;
  const bytes = await residentBytes(pid);
  if (bytes <= limit) return;
  // The protocol has stdout to itself: listen() sends what console prints to stderr.
  console.log(`restarting ${fullName}: it holds ${bytes} bytes of memory, more than ${limit}`);
  await supervisor.call('supervisor.stopProcess', [`${group}:${name}`]);
  await supervisor.call('supervisor.startProcess', [`${group}:${name}`]);
}

async function checkAll() {
  const processes = await supervisor.call('supervisor.getAllProcessInfo', []);
  for (const info of processes) await restartIfTooLarge(info);
}

await listen(
  async (event) => {
    // Not thrown: the event would come again at once, and the next tick is soon enough.
    if (event.type === 'TICK_5') await checkAll().catch((error) => console.error(error.message));
  },
  { signal: stop.signal },
);
