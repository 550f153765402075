import { parseSignal, signalName } from '@tsvisor/config';

import { SupervisorError } from '../errors.ts';
import type { ProcessEffects } from './effects.ts';
import { isSignallable } from './states.ts';
import type { ProcessState } from './states.ts';

/** What is needed here of a process. */
interface Signalled {
  readonly name: string;
  readonly pid: number;
  readonly state: ProcessState;
}

/** Sends what somebody asks for. @throws {SupervisorError} BAD_SIGNAL, NOT_RUNNING, FAILED */
export function sendSignal(
  process: Signalled,
  effects: Pick<ProcessEffects, 'say' | 'kill'>,
  sent: number | string,
): void {
  const { name, pid } = process;
  const signal = typeof sent === 'number' ? sent : parseSignal(sent);
  if (signal === undefined) throw new SupervisorError('BAD_SIGNAL', String(sent));
  if (!isSignallable(process.state) || pid === 0) throw new SupervisorError('NOT_RUNNING', name);
  effects.say('debug', `sending ${name} (pid ${pid}) sig ${signalName(signal)}`);
  effects.kill(pid, signal, {
    gone: `unable to signal ${name} (pid ${pid}), it probably just now exited on its own`,
    failed: `unknown problem sending sig ${name} (${pid})`,
  });
  if (process.state === 'UNKNOWN') {
    throw new SupervisorError('FAILED', `unknown problem sending sig ${name} (${pid})`);
  }
}
