import type { Header, WholeReply } from '../http/message.ts';

export const uncached: readonly Header[] = [
  ['Pragma', 'no-cache'],
  ['Cache-Control', 'no-cache'],
  ['Expires', 'Thu, 01 Jan 1970 00:00:00 GMT'],
];

/** A page that browsers ask for anew each time. */
export function htmlReply(page: string, status = 200): WholeReply {
  const body = Buffer.from(page);
  return {
    status,
    headers: [
      ['Content-Type', 'text/html;charset=utf-8'],
      ...uncached,
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

export function jsonReply(value: unknown, status = 200): WholeReply {
  const body = Buffer.from(JSON.stringify(value));
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ...uncached,
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}
