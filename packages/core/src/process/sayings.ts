import { signalName } from '@tsvisor/config';
import type { LogLevelName } from '@tsvisor/config';

import type { Saying } from './events-and-effects.ts';

/** Who a line is about. */
export interface Subject {
  readonly name: string;
  readonly pid: number;
  readonly startSeconds: number;
}

/** The lines of the main log about a process, word for word what operators search for (daemon.md §13). */
export function sayingText(what: Saying, process: Subject): [LogLevelName, string] {
  const { name, pid } = process;
  switch (what.type) {
    case 'spawn-error':
      return ['info', `spawnerr: ${what.why}`];
    case 'success':
      return [
        'info',
        `success: ${name} entered RUNNING state, process has stayed up for > than ${process.startSeconds} seconds (startsecs)`,
      ];
    case 'gave-up':
      return ['info', `gave up: ${name} entered FATAL state, too many start retries too quickly`];
    case 'exited':
      return what.expected
        ? ['info', `exited: ${name} (${what.status.text}; expected)`]
        : ['warn', `exited: ${name} (${what.status.text}; not expected)`];
    case 'stopped':
      return [what.expected ? 'info' : 'warn', `stopped: ${name} (${what.status.text})`];
    case 'kill-in-backoff':
      return ['debug', `Attempted to kill ${name}, which is in BACKOFF state.`];
    case 'killing': {
      const target = what.wholeGroup ? ' process group' : '';
      return [
        'debug',
        `killing ${name} (pid ${pid})${target} with signal ${signalName(what.signal)}`,
      ];
    }
    case 'escalating':
      return ['warn', `killing '${name}' (${pid}) with SIGKILL`];
  }
}
