import { Fault, faults } from '@tsvisor/rpc';
import type { ProcessStatus, RpcValue } from '@tsvisor/rpc';

/** What the pages ask to be done, by the names of the wire. */
export type Call = (method: string, parameters: readonly RpcValue[]) => Promise<RpcValue>;

/** What came of an action, for people. */
export interface Outcome {
  readonly message: string;
  readonly failed: boolean;
}

export const done = (message: string): Outcome => ({ message, failed: false });
export const failed = (message: string): Outcome => ({ message, failed: true });

/** Waits for a call, and words what came of it. */
export async function told(
  call: Promise<RpcValue>,
  success: string,
  failure: (fault: Fault) => string,
): Promise<Outcome> {
  try {
    await call;
    return done(success);
  } catch (error) {
    if (error instanceof Fault) return failed(failure(error));
    throw error;
  }
}

/** The same for a call that answers for several processes; `what` begins its sentence. */
export async function toldOfAll(
  call: Promise<RpcValue>,
  success: string,
  what: string,
): Promise<Outcome> {
  const statuses = (await call) as unknown as readonly ProcessStatus[];
  const failures = statuses
    .filter(({ status }) => status !== faults.SUCCESS.code)
    .map(({ name, status, description }) => `${name} (${reason(status, description)})`);
  return failures.length === 0 ? done(success) : failed(`ERROR: ${what}: ${failures.join(', ')}`);
}

/** Whatever comes of it, the page says nothing of it. */
export async function quietly(call: Promise<RpcValue>): Promise<void> {
  try {
    await call;
  } catch {
    // See above.
  }
}

const reasons: ReadonlyMap<number, string> = new Map([
  [faults.NO_FILE.code, 'no such file'],
  [faults.NOT_EXECUTABLE.code, 'file not executable'],
  [faults.ALREADY_STARTED.code, 'already started'],
  [faults.SPAWN_ERROR.code, 'spawn error'],
  [faults.ABNORMAL_TERMINATION.code, 'abnormal termination'],
  [faults.NOT_RUNNING.code, 'not running'],
  [faults.BAD_SIGNAL.code, 'no such signal'],
]);

/** Why a start or a signal failed. */
export const reason = (code: number, text: string): string =>
  reasons.get(code) ?? unexpected({ code, text });

export const unexpected = ({ code, text }: Pick<Fault, 'code' | 'text'>): string =>
  `unexpected rpc fault [${code}] ${text}`;
