// What is asked of several processes at once.
import type { Process } from '@tsvisor/core';
import { namespecText } from '@tsvisor/core';
import type { RpcValue } from '@tsvisor/rpc';

import { documentOf } from '../documents.ts';
import { flag } from '../fields.ts';
import { accepted, ok } from '../operation.ts';
import type { Answer, Call, Result } from '../operation.ts';
import { outcomesOf } from '../outcomes.ts';

export const wait = flag(
  'Whether to answer only once all is done; if not, with 202 at once.',
  true,
);

export const answers: Readonly<Record<200 | 202, Answer>> = {
  200: { description: 'It is done; what came of each process.', schema: documentOf('Outcomes') },
  202: { description: 'It has begun.', schema: documentOf('Accepted') },
};

export const sent: Readonly<Record<200, Answer>> = {
  200: { description: 'What came of each process.', schema: documentOf('Outcomes') },
};

/** Answers with the outcomes of a method, or at once that it has begun. */
export async function together(
  call: Call<{ readonly wait: boolean }>,
  processes: readonly Process[],
  perform: () => RpcValue | Promise<RpcValue>,
): Promise<Result> {
  // Faults that are known at once are told even to those who do not wait.
  const work = perform();
  if (!call.input.wait) {
    call.forget(Promise.resolve(work));
    return accepted({ accepted: processes.map(({ group, name }) => namespecText(group, name)) });
  }
  return ok(outcomesOf(await call.request.patiently(Promise.resolve(work))));
}

/** Stops all that run, waits for those that are still stopping, and starts all. */
export async function restartAll(
  processes: readonly Process[],
  stop: () => RpcValue | Promise<RpcValue>,
  start: () => RpcValue | Promise<RpcValue>,
): Promise<RpcValue> {
  await stop();
  await Promise.all(
    processes.filter(({ state }) => state === 'STOPPING').map((one) => one.whenEnded()),
  );
  return start();
}
