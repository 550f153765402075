// Our own script acts by the same forms, and is answered in JSON.
import type { Clock } from '@tsvisor/core';

import type { Request, WholeReply } from '../http/message.ts';
import type { Outcome } from './actions/action.ts';
import { jsonReply } from './page-reply.ts';

/** How long it waits: it sees the states change, and a browser has few connections to a server. */
const LONGEST_WAIT_MS = 2000;

export const isScripted = (request: Request): boolean =>
  request.header('accept') === 'application/json';

/** What came of an action, or that it goes on. */
export function scriptReply(outcome: Promise<Outcome>, clock: Clock): Promise<WholeReply> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(LONGEST_WAIT_MS, () =>
      resolve(jsonReply({ message: null, failed: false }, 202)),
    );
    outcome.then((known) => resolve(jsonReply(known)), reject).finally(cancel);
  });
}
