import { HttpError } from '../http/message.ts';
import type { Request, WholeReply } from '../http/message.ts';
import { confirmPage } from './confirm-page.ts';
import { messagePage } from './message-page.ts';
import { isBrowser, isCrossSite, isVouchedFor } from './origin.ts';
import { htmlReply, jsonReply } from './page-reply.ts';
import { isScripted } from './script-reply.ts';
import type { Visit } from './visit.ts';

/** The answer to an action that is not to be done; undefined: it is. */
export function refusal(action: string, visit: Visit): WholeReply | undefined {
  const { request, site } = visit;
  const why = reasonAgainst(action, visit);
  if (why === undefined) return isUnasked(action, request) ? confirmPage(action, visit) : undefined;
  if (!isBrowser(request)) throw new HttpError(403);
  if (isScripted(request)) return jsonReply({ message: why, failed: true }, 403);
  const link = ['./', 'To the status page'] as const;
  return htmlReply(
    messagePage(site, { title: 'Refused', heading: 'Not done', text: why, link }),
    403,
  );
}

/** By a link: a bookmark, or an image of another site that tells nothing of itself. */
const isUnasked = (action: string, request: Request): boolean =>
  action !== 'refresh' && request.method === 'GET' && isBrowser(request) && !isVouchedFor(request);

function reasonAgainst(action: string, { request, form, token }: Visit): string | undefined {
  if (isCrossSite(request)) return 'Another site asked for this. Nothing has been changed.';
  // To show the page anew changes nothing.
  if (request.role === 'readonly' && action !== 'refresh')
    return 'This account may look and change nothing.';
  if (request.method === 'POST' && isBrowser(request) && !token.isRight(form.get('token')))
    return 'This page is from before the daemon was started. Nothing has been changed; load the page again, and repeat what you asked for.';
  return undefined;
}
