import { reasons } from './message.ts';
import type { Header, WholeReply } from './message.ts';

/** The page of every error and redirection, byte for byte what clients have always seen (rpc.md §2). */
function errorBody(status: number): Buffer {
  const lines = [
    '<head>',
    '<title>Error response</title>',
    '</head>',
    '<body>',
    '<h1>Error response</h1>',
    `<p>Error code ${status}.`,
    `<p>Message: ${reasons[status] ?? 'Error'}.`,
    '</body>',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** The answer to a method by which nobody looks, where there is nothing to do but look; or none. */
export const refusalOfMethod = (method: string): WholeReply | undefined =>
  method === 'GET' || method === 'HEAD' ? undefined : errorReply(405, [['Allow', 'GET, HEAD']]);

/** An error page; `before` are headers that precede its own. */
export function errorReply(status: number, before: readonly Header[] = []): WholeReply {
  const body = errorBody(status);
  return {
    status,
    headers: [...before, ['Content-Length', String(body.length)], ['Content-Type', 'text/html']],
    body,
  };
}
