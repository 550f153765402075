import { Fault, faults } from '@tsvisor/rpc';

import { HttpError } from '../http/message.ts';
import type { Reply } from '../http/message.ts';
import { errorReply } from '../http/replies.ts';
import { encodePercent } from '../http/target.ts';
import { findProcess } from '../methods/names.ts';
import { inNameOrder } from '../methods/order.ts';
import { performAction } from './actions.ts';
import { isBrowser, isCrossSite } from './origin.ts';
import { htmlReply, uncached } from './page-reply.ts';
import { statusPage } from './status-page.ts';
import { callsOf } from './visit.ts';
import type { PagesContext, Visit } from './visit.ts';

/** The status page, and all actions (web.md §2). */
export async function indexPage(visit: Visit): Promise<Reply> {
  const { supervisor, form } = visit;
  const action = form.get('action');
  const message = action === undefined ? form.get('message') : await act(action, visit);
  if (supervisor.state !== 'RUNNING') throw new Fault(faults.SHUTDOWN_STATE.code, 'SHUTDOWN_STATE');
  return action === undefined ? statusReply(visit, message) : redirection(visit, message ?? '');
}

function statusReply({ supervisor, site }: Visit, message: string | undefined): Reply {
  const processes = inNameOrder(supervisor).map((process) => process.info());
  return htmlReply(statusPage(site, { processes, message }));
}

function act(
  action: string,
  { request, form, supervisor, methods, clock, token }: Visit,
): Promise<string> {
  if (isCrossSite(request)) throw new HttpError(403);
  if (request.method === 'POST' && isBrowser(request) && !token.isRight(form.get('token')))
    throw new HttpError(403);
  // To show the page anew changes nothing.
  if (request.role === 'readonly' && action !== 'refresh') throw new HttpError(403);
  return performAction({
    action,
    processName: form.get('processname'),
    call: callsOf(methods),
    isProcess: (name) => isProcess(supervisor, name),
    now: () => new Date(clock.now()),
  });
}

function isProcess(supervisor: PagesContext['supervisor'], name: string): boolean {
  try {
    findProcess(supervisor, name);
    return true;
  } catch {
    // BAD_NAME is the only way to fail.
    return false;
  }
}

function redirection(visit: Visit, message: string): Reply {
  const location = `${serverUrl(visit)}/?message=${encodePercent(message)}`;
  const { status, headers, body } = errorReply(301);
  const length = headers.filter(([name]) => name === 'Content-Length');
  return {
    status,
    headers: [['Location', location], ['Content-Type', 'text/html'], ...uncached, ...length],
    body,
  };
}

/** Always `http:`, with the name by which the client knows us. */
function serverUrl({ request, address }: Visit): string {
  const host = (request.header('host')?.trim() || address).replace(/:80$/, '');
  return `http://${host}`.replace(/\/$/, '');
}
