import type { Client } from '../../packages/rpc/src/index.ts';
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

/** Of each process that runs: its pipes, and its log files. */
export async function expectedDescriptors(
  client: Client,
  programs: readonly Program[],
): Promise<Expected> {
  const byName = new Map(programs.map((program) => [program.name, program]));
  const listeners = new Set(pools.flatMap(processesOf));
  let [pipe, file, socket, closed] = [0, 0, 0, 0];
  const starts: number[] = [];
  for (const { name, group, pid, start } of await client.call('supervisor.getAllProcessInfo', [])) {
    starts.push(pid, start);
    if (pid === 0) continue;
    const program = byName.get(name);
    const outputs = program?.habitName === 'turns' ? 1 : 2;
    const isFastCgi = group === 'fastcgi';
    pipe += outputs + (isFastCgi ? 0 : 1);
    file += listeners.has(name) ? 1 : outputs;
    if (program?.habitName === 'closes') closed += 1;
    if (isFastCgi) socket = 1;
  }
  return { pipe, file, socket, closed, starts: starts.join(' ') };
}
