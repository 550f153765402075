import type { EventProcess, ProcessStateEvent } from '../events/types.ts';
import type { ProcessState } from './states.ts';

interface Change {
  readonly from: ProcessState;
  readonly to: ProcessState;
  readonly expected?: boolean;
}

/** The event of a change of state, with the values that its kind carries (events.md §3). */
export function stateEvent(
  process: EventProcess,
  { from, to, expected }: Change,
  values: { readonly pid: number; readonly tries: number },
): ProcessStateEvent {
  const head = { process, from };
  switch (to) {
    case 'STARTING':
    case 'BACKOFF':
      return { ...head, type: `PROCESS_STATE_${to}`, tries: values.tries };
    case 'RUNNING':
    case 'STOPPING':
    case 'STOPPED':
      return { ...head, type: `PROCESS_STATE_${to}`, pid: values.pid };
    case 'EXITED':
      return {
        ...head,
        type: 'PROCESS_STATE_EXITED',
        pid: values.pid,
        expected: expected === true,
      };
    case 'FATAL':
    case 'UNKNOWN':
      return { ...head, type: `PROCESS_STATE_${to}` };
  }
}
