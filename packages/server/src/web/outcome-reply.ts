import type { WholeReply } from '../http/message.ts';
import { errorReply } from '../http/replies.ts';
import { encodePercent } from '../http/target.ts';
import type { Outcome } from './actions/action.ts';
import { isBrowser } from './origin.ts';
import { uncached } from './page-reply.ts';
import type { Visit } from './visit.ts';

/** Whoever acted is told what came of it: by the page that it is sent to. */
export function outcomeReply(visit: Visit, outcome: Outcome): WholeReply {
  const { request } = visit;
  const query = `?message=${encodePercent(outcome.message)}`;
  return request.method === 'POST' && isBrowser(request)
    ? redirection(303, `./${query}`)
    : redirection(301, `${serverUrl(visit)}/${query}`);
}

export function redirection(status: number, location: string): WholeReply {
  const { headers, body } = errorReply(status);
  const length = headers.filter(([name]) => name === 'Content-Length');
  return {
    status,
    headers: [['Location', location], ['Content-Type', 'text/html'], ...uncached, ...length],
    body,
  };
}

/** With the name by which the client knows us. */
function serverUrl({ request, address }: Visit): string {
  const { scheme } = request;
  const host = (request.header('host')?.trim() || address).replace(usualPort[scheme], '');
  return `${scheme}://${host}`.replace(/\/$/, '');
}

const usualPort = { http: /:80$/, https: /:443$/ } as const;
