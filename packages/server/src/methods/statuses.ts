import { namespecText } from '@tsvisor/core';
import type { Process } from '@tsvisor/core';
import { Fault, faults } from '@tsvisor/rpc';
import type { ProcessStatus } from '@tsvisor/rpc';

/** Does something to one process, by the name to use in faults; what takes time is a promise. */
export type Act = (process: Process, name: string) => undefined | Promise<undefined>;

/**
 * Does the same to several processes, all at once, and tells what came of each: first what was
 * settled at once, in the order given, then the others as they finish.
 */
export async function actOnAll(
  processes: readonly Process[],
  act: Act,
): Promise<readonly ProcessStatus[]> {
  const results: ProcessStatus[] = [];
  const pending: Promise<unknown>[] = [];
  for (const process of processes) {
    try {
      const done = act(process, namespecText(process.group, process.name));
      if (done === undefined) results.push(succeeded(process));
      else
        pending.push(
          done
            .then(
              () => succeeded(process),
              (error) => failed(process, error),
            )
            .then((status) => results.push(status)),
        );
    } catch (error) {
      results.push(failed(process, error));
    }
  }
  await Promise.all(pending);
  return results;
}

export const succeeded = ({ name, group }: Process): ProcessStatus => ({
  name,
  group,
  status: faults.SUCCESS.code,
  description: 'OK',
});

export function failed({ name, group }: Process, error: unknown): ProcessStatus {
  if (!(error instanceof Fault)) throw error;
  return { name, group, status: error.code, description: error.text };
}
