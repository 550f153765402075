// What came of each process when several were asked to do something.
import { namespecText } from '@tsvisor/core';
import { faultName, faults } from '@tsvisor/rpc';
import type { ProcessStatus, RpcValue } from '@tsvisor/rpc';

export interface Outcome {
  /** The process, as `group:name`, or `name` where both are the same. */
  readonly namespec: string;
  readonly succeeded: boolean;
  readonly fault: { readonly code: number; readonly name: string; readonly detail: string } | null;
}

export interface Outcomes {
  /** First what was settled at once, then the others as they finished. */
  readonly outcomes: readonly Outcome[];
}

/** From the list of status structs of a method; processes that had nothing to do are not in it. */
export const outcomesOf = (statuses: RpcValue): Outcomes => ({
  outcomes: (statuses as unknown as readonly ProcessStatus[]).map(outcomeOf),
});

function outcomeOf({ name, group, status, description }: ProcessStatus): Outcome {
  const succeeded = status === faults.SUCCESS.code;
  return {
    namespec: namespecText(group, name),
    succeeded,
    fault: succeeded ? null : { code: status, name: faultName(status), detail: description },
  };
}
