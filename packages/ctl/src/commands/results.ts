import { UnforeseenError } from '../errors.ts';
import { exitStatusOfResult, faultCode as fault } from '../exit-status.ts';
import { displayName } from '../names.ts';
import type { Session } from '../session.ts';

/** What came of one process; process null if the whole group was meant. */
export interface Outcome {
  readonly group: string;
  readonly name: string | null;
  readonly status: number;
  readonly description: string;
}

/** How an action words its results. */
export interface Wording {
  readonly done: string;
  /** Fault code to the reason shown. */
  readonly reasons: Readonly<Record<number, string>>;
  /** For this code the daemon's own words are shown, without the name. */
  readonly inDaemonsWords?: number;
  /** This fault leaves the exit status as it was. */
  readonly ignored?: number;
}

const whatSignalsMeet: Readonly<Record<number, string>> = {
  [fault.badName]: 'no such process',
  [fault.badSignal]: 'bad signal name',
  [fault.notRunning]: 'not running',
};

export const wordings = {
  start: {
    done: 'started',
    reasons: {
      [fault.badName]: 'no such process',
      [fault.noFile]: 'no such file',
      [fault.notExecutable]: 'file is not executable',
      [fault.alreadyStarted]: 'already started',
      [fault.spawnError]: 'spawn error',
      [fault.abnormalTermination]: 'abnormal termination',
    },
    ignored: fault.alreadyStarted,
  },
  stop: {
    done: 'stopped',
    reasons: whatSignalsMeet,
    inDaemonsWords: fault.failed,
    ignored: fault.notRunning,
  },
  signal: { done: 'signalled', reasons: whatSignalsMeet, inDaemonsWords: fault.failed },
  clear: {
    done: 'cleared',
    reasons: { [fault.badName]: 'no such process', [fault.failed]: 'failed' },
  },
} satisfies Record<string, Wording>;

/** The line for one result. */
function resultLine(outcome: Outcome, wording: Wording): string {
  const { group, name, status, description } = outcome;
  const shown = displayName(group, name);
  if (status === fault.success) return `${shown}: ${wording.done}`;
  if (status === wording.inDaemonsWords) return description;
  const why = wording.reasons[status];
  if (why === undefined) {
    throw new UnforeseenError('ValueError', `Unknown result code ${status} for ${shown}`);
  }
  return `${shown}: ERROR (${why})`;
}

/** Prints the line of one result and lets it set the exit status. */
export function report(session: Session, outcome: Outcome, wording: Wording): void {
  session.print(resultLine(outcome, wording));
  const status = exitStatusOfResult(outcome.status, wording.ignored);
  if (status !== undefined) session.exitStatus = status;
}
