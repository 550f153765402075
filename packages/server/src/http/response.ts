import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { reasons } from './message.ts';
import type { Header, Request } from './message.ts';
import { errorReply } from './replies.ts';

/** What node:http builds a head with; there is no public way to say another version than 1.1. */
interface HeadBuilder {
  _storeHeader(statusLine: string, headers: unknown): void;
}

const builder = ServerResponse.prototype as unknown as HeadBuilder;

/** A response whose status line repeats the version of the request, as clients have always seen it. */
export class EchoingResponse<
  Asked extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Asked> {
  headBytes = 0;
  bodyBytes = 0;

  _storeHeader(statusLine: string, headers: unknown): void {
    const version = versionText(this.req);
    builder._storeHeader.call(this, statusLine.replace(/^HTTP\/\S+/, `HTTP/${version}`), headers);
    const { _header: head } = this as unknown as { _header: string };
    this.headBytes = head.length;
  }
}

// A request line without a version is 0.9 to node:http, and None to those who know Medusa.
const versionText = (request: IncomingMessage): string =>
  request.httpVersion === '0.9' ? 'None' : request.httpVersion;

/** Whether the connection is of use after a reply with, or without, a Content-Length. */
export function staysOpen(request: Request, hasLength: boolean): boolean {
  const connection = request.header('connection')?.toLowerCase();
  if (request.version === null) return false;
  if (request.version === '1.0') return connection === 'keep-alive' && hasLength;
  return connection !== 'close';
}

/** Writes the head: Server and Date first, then `headers` in their order. */
export function writeHead(
  response: ServerResponse,
  status: number,
  headers: readonly Header[],
  { keepOpen, old, now }: { keepOpen: boolean; old: boolean; now: Date },
): void {
  const all: Header[] = [...opening(now), ...headers];
  response.sendDate = false;
  // Without this node:http would add a Connection header of its own.
  response.removeHeader('connection');
  response.shouldKeepAlive = keepOpen;
  if (keepOpen && old) all.push(['Connection', 'Keep-Alive']);
  response.writeHead(status, reasons[status] ?? 'Error', all.flat());
}

/** A whole answer for a client whose request could not even be read. */
export function refusal(status: number, now: Date): Buffer {
  const { headers, body } = errorReply(status);
  const lines = [...opening(now), ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${reasons[status]}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

const opening = (now: Date): Header[] => [
  ['Server', 'Medusa/1.12'],
  ['Date', now.toUTCString()],
];
