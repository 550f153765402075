import type { Request, WholeReply } from '../http/message.ts';
import { messagePage } from './message-page.ts';
import { htmlReply } from './page-reply.ts';
import type { Site } from './shell.ts';

/** For a browser that was led here by a name that is not ours: its page could read ours. */
export function strangerPage(site: Site, request: Request): WholeReply {
  const text = `This server is not called ${request.header('host') ?? ''}. Use localhost, its address, or the machine's name.`;
  const link = [
    `${request.scheme}://localhost:${request.local?.port ?? ''}/`,
    'To localhost',
  ] as const;
  return htmlReply(messagePage(site, { title: 'Refused', heading: 'Refused', text, link }), 403);
}
