import type { Config, ProcessConfig } from '@tsvisor/config';

import type { ProcessStateEvent } from '../events/types.ts';
import type { Facts } from '../process/facts.ts';

/** What on_fatal= and on_exit= make of a change of a process; undefined: nothing. */
export function reasonToEnd(
  { name, onFatal, onExit }: Pick<ProcessConfig, 'name' | 'onFatal' | 'onExit'>,
  event: ProcessStateEvent,
): string | undefined {
  if (event.type === 'PROCESS_STATE_FATAL' && onFatal === 'shutdown') {
    return `shutting down: ${name} entered FATAL state (on_fatal=shutdown)`;
  }
  if (event.type !== 'PROCESS_STATE_EXITED') return undefined;
  if (onExit === 'shutdown' || (onExit === 'shutdown_if_unexpected' && !event.expected)) {
    return `shutting down: ${name} exited (on_exit=${onExit})`;
  }
  return undefined;
}

export interface End {
  readonly config: Pick<Config['supervisord'], 'exitCodeFrom' | 'fatalExitCode'>;
  /** It was a FATAL process that ended everything. */
  readonly isFatal: boolean;
  /** The process of exit_code_from=, if there is one. */
  readonly from: { readonly facts: Facts; readonly stopSignal: number } | undefined;
}

/** The exit status of the supervisor as a whole; 0 unless the configuration asks for another. */
export function exitStatusOfAll({ config, isFatal, from }: End): number {
  if (isFatal && config.fatalExitCode !== 0) return config.fatalExitCode;
  if (from === undefined) return 0;
  const { state, exitStatus, endedBy } = from.facts;
  if (state === 'FATAL') return config.fatalExitCode || 1;
  if (endedBy === null) return Math.max(0, exitStatus ?? 0);
  // It ended as it was asked to.
  if (state === 'STOPPED' && endedBy === from.stopSignal) return 0;
  return 128 + endedBy;
}
