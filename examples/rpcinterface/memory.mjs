// RPC methods of one's own: how much memory the programs hold, and the end of the largest.
import { readFileSync } from 'node:fs';

/** Kilobytes of memory that a process holds; 0 if it is gone. See proc(5), VmRSS. */
function residentKilobytes(pid) {
  try {
    return Number(
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0,
    );
  } catch {
    return 0;
  }
}

/**
 * From the repository; elsewhere the type is `import('@tsvisor/server').PluginFactory`.
 * @type {import('../../packages/server/src/index.ts').PluginFactory}
 */
export function makeMemory(supervisor, { limit_kb: limit = '0' }) {
  const running = () =>
    supervisor.groups
      .flatMap((group) => group.processes)
      .filter((process) => process.state === 'RUNNING')
      .map((process) => ({ process, kilobytes: residentKilobytes(process.pid) }));

  const all = () =>
    Object.fromEntries(
      running().map(({ process, kilobytes }) => [`${process.group}:${process.name}`, kilobytes]),
    );
  all.help = 'What each program holds.\n\n@return struct result  Kilobytes by group:name.';

  async function restartLargest() {
    const [largest] = running().toSorted((a, b) => b.kilobytes - a.kilobytes);
    if (largest === undefined || largest.kilobytes <= Number(limit)) {
      // The number is that of supervisord's fault FAILED.
      throw Object.assign(new Error(`nothing holds more than ${limit} kB`), { code: 30 });
    }
    const { process } = largest;
    process.stop();
    await process.whenStopped();
    process.start();
    await process.whenStarted();
    return `${process.group}:${process.name}`;
  }
  restartLargest.help =
    'Restarts the program that holds the most.\n\n@return string name  The group:name of it.';

  return { all, restartLargest };
}
