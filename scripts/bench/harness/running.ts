import type { Client } from './client.ts';
import type { Daemon } from './daemon.ts';
import { childrenOf, statOf } from './proc.ts';
import { until } from './wait.ts';

/** When `count` sleepers sleep. @returns their pids */
export function sleeping(daemon: Daemon, count: number): Promise<number[]> {
  return until(
    `${count} programs to run`,
    () => {
      const pids = childrenOf(daemon.pid);
      return pids.length === count && pids.every(isAsleep) ? pids : undefined;
    },
    120_000,
  );
}

function isAsleep(pid: number): boolean {
  const stat = statOf(pid);
  return stat?.command === 'sleep' && stat.state === 'S';
}

/** Once the daemon itself calls all of them RUNNING. */
export async function allRunning(client: Client, count: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (count !== occurrences(await client.call('supervisor.getAllProcessInfo'), '>RUNNING<')) {
    if (performance.now() > deadline) throw new Error(`waited for ${count} programs to be RUNNING`);
  }
}

export const occurrences = (text: string, word: string): number => text.split(word).length - 1;
