// What browsers are told so that a page does nothing but what it was written to do.
import type { Header, Reply, Request } from '../http/message.ts';
import { isBrowser } from './origin.ts';

/** All comes from this server; nothing is run or looks different because of a word in the page. */
export const metaPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** For pages that browsers show; a policy in the page itself cannot speak of frames. */
export const securityHeaders: readonly Header[] = [
  ['Content-Security-Policy', `${metaPolicy}; frame-ancestors 'none'`],
  ['X-Frame-Options', 'DENY'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

/** The same reply, as a browser is to take it; scripts get it as ever. */
export const secured = <R extends Exclude<Reply, { status: 101 }>>(request: Request, reply: R): R =>
  isBrowser(request) ? { ...reply, headers: [...reply.headers, ...securityHeaders] } : reply;
