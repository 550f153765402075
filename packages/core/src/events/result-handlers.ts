import { errorCode } from '../errors.ts';
import type { Verdict } from './listener.ts';
import type { SupervisorEvent } from './types.ts';

/**
 * `result_handler=`: returns if the event has been dealt with, throws RejectEvent to have it sent
 * again; anything else that it throws counts against the listener.
 */
export type ResultHandler = (event: SupervisorEvent, result: Buffer) => void;

/** By the names that `result_handler` has. */
export type ResultHandlers = Readonly<Record<string, ResultHandler>>;

/** Thrown by a result handler: the event goes back to the buffer, and comes again. */
export class RejectEvent extends Error {
  override readonly name = 'RejectEvent';
  readonly code = 'REJECT_EVENT';
}

const OK = Buffer.from('OK');

/** `supervisor.dispatchers:default_handler`: exactly `OK` will do. */
export const defaultResultHandler: ResultHandler = (_event, result) => {
  if (!result.equals(OK)) throw new RejectEvent(`the listener answered ${result.toString()}`);
};

export function judgedBy(handler: ResultHandler, event: SupervisorEvent, result: Buffer): Verdict {
  try {
    handler(event, result);
    return 'processed';
  } catch (error) {
    return errorCode(error) === 'REJECT_EVENT' ? 'rejected' : 'caused-an-error';
  }
}
