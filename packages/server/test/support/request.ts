import type { Reply, Request, WholeReply } from '../../src/http/message.ts';

/** A GET, or what the method is, with these headers. */
export function request(
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Request {
  const [path = '', query = ''] = target.split('?');
  const header = (name: string): string | undefined => headers[name];
  return { method, target, path, query, header, role: 'full', local: null } as unknown as Request;
}

/** The text of a reply that is whole. */
export function textOf(reply: Reply): string {
  return (reply as WholeReply).body.toString();
}
