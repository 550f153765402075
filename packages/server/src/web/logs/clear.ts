import { HttpError } from '../../http/message.ts';
import type { WholeReply } from '../../http/message.ts';
import { encodePercent } from '../../http/target.ts';
import { told, unexpected } from '../actions/action.ts';
import { redirection } from '../outcome-reply.ts';
import { jsonReply } from '../page-reply.ts';
import { refusal } from '../refusal.ts';
import { isScripted } from '../script-reply.ts';
import { callsOf } from '../visit.ts';
import type { Visit } from '../visit.ts';

export interface Clearing {
  /** Of the page to come back to. */
  readonly address: string;
  /** Whose log it is. */
  readonly name: string;
  readonly method: string;
  readonly of: readonly string[];
}

/** Empties a log for a page of logs; the one action that they have. */
export async function clearLog(
  visit: Visit,
  { address, name, method, of }: Clearing,
): Promise<WholeReply> {
  const { request, form, methods } = visit;
  if (form.get('action') !== 'clear') throw new HttpError(400);
  if (request.method !== 'POST') throw new HttpError(400);
  const refused = refusal('clear', visit);
  if (refused !== undefined) return refused;
  const outcome = await told(callsOf(methods)(method, of), `Log of ${name} cleared`, unexpected);
  if (isScripted(request)) return jsonReply(outcome);
  const separator = address.includes('?') ? '&' : '?';
  const message = encodePercent(outcome.message);
  return redirection(303, `${address}${separator}message=${message}`);
}
