// What browsers are told so that a page does nothing but what it was written to do.
import type { Header } from '../http/message.ts';

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
];
