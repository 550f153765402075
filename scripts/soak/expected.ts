import type { Client } from '../../packages/rpc/src/index.ts';
import type { Descriptors } from './descriptors.ts';
import { pools, processesOf } from './pools.ts';
import type { Program } from './programs.ts';

/** What the daemon must have open beyond what it has with everything stopped. */
export interface Expected {
  readonly pipe: number;
  readonly file: number;
  readonly socket: number;
  /** So many pipes may be gone already: of programs that close their stdout. */
  readonly closed: number;
  /** When each was started last: the same as long as none has come or gone. */
  readonly starts: string;
}

/** Of each process that runs: its pipes, and its log files; `logs` are their paths. */
export async function expectedDescriptors(
  client: Client,
  programs: readonly Program[],
): Promise<{ expected: Expected; logs: readonly string[] }> {
  const byName = new Map(programs.map((program) => [program.name, program]));
  const listeners = new Set(pools.flatMap(processesOf));
  let [pipe, file, socket, closed] = [0, 0, 0, 0];
  const starts: number[] = [];
  const logs: string[] = [];
  for (const info of await client.call('supervisor.getAllProcessInfo', [])) {
    const { name, group, pid, start } = info;
    starts.push(pid, start);
    if (pid === 0) continue;
    logs.push(info.stdout_logfile, info.stderr_logfile);
    const program = byName.get(name);
    const outputs = program?.habitName === 'turns' ? 1 : 2;
    const isFastCgi = group === 'fastcgi';
    pipe += outputs + (isFastCgi ? 0 : 1);
    file += listeners.has(name) ? 1 : outputs;
    if (program?.habitName === 'closes') closed += 1;
    if (isFastCgi) socket = 1;
  }
  return { expected: { pipe, file, socket, closed, starts: starts.join(' ') }, logs };
}

/** By how many the counts are off while programs run; `stopped` are those with everything stopped. */
export function excess(running: Descriptors, stopped: Descriptors, expected: Expected): number {
  const pipes = running.pipe - stopped.pipe - expected.pipe;
  return (
    (pipes > 0 ? pipes : Math.max(0, -pipes - expected.closed)) +
    Math.abs(running.file - stopped.file - expected.file) +
    Math.abs(running.socket - stopped.socket - expected.socket)
  );
}
