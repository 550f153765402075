/** Why a process that somebody wants to start is not started. */
import { SpawnError, SupervisorError } from '../errors.ts';
import { CommandNotFound } from './command.ts';
import { isRunning } from './states.ts';
import type { ProcessState } from './states.ts';

/** @throws {SupervisorError} NO_FILE, NOT_EXECUTABLE */
export function refuseBadCommand(resolve: () => unknown): void {
  try {
    resolve();
  } catch (error) {
    if (!(error instanceof SpawnError)) throw error;
    const code = error instanceof CommandNotFound ? 'NO_FILE' : 'NOT_EXECUTABLE';
    throw new SupervisorError(code, error.why);
  }
}

export interface Startable {
  readonly name: string;
  readonly state: ProcessState;
  readonly isSupervising: boolean;
  readonly isRemoved: boolean;
}

/** @throws {SupervisorError} SHUTDOWN_STATE, BAD_NAME, ALREADY_STARTED, FAILED */
export function refuseStart({ name, state, isSupervising, isRemoved }: Startable): void {
  if (!isSupervising) throw new SupervisorError('SHUTDOWN_STATE', name);
  if (isRemoved) throw new SupervisorError('BAD_NAME', name);
  if (isRunning(state)) throw new SupervisorError('ALREADY_STARTED', name);
  if (state === 'UNKNOWN') {
    throw new SupervisorError('FAILED', `${name} is in an unknown process state`);
  }
}
