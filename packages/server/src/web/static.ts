import { posix } from 'node:path';

import { HttpError } from '../http/message.ts';
import type { Header, Reply, Request } from '../http/message.ts';
import { errorReply } from '../http/replies.ts';
import { images } from './assets/images.ts';
import { assets } from './assets/links.ts';
import { isBrowser } from './origin.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.js': 'text/javascript',
  '.png': 'image/png',
};

/** All files there are, by path; nothing is read from disk, so nothing else can be. */
const files: ReadonlyMap<string, Buffer> = new Map([
  ...Array.from(assets, ([path, { text }]) => [`/${path}`, Buffer.from(text)] as const),
  ...Object.entries(images).map(
    ([name, data]) => [`/images/${name}`, Buffer.from(data, 'base64')] as const,
  ),
]);

const folders: ReadonlySet<string> = new Set([...files.keys()].map((path) => posix.dirname(path)));

/** When the files last changed: a day for the caches of browsers. */
const CHANGED = new Date(Date.UTC(2026, 10, 24));

/** Everything that is not a page: the pictures, the style sheet and the scripts, or 404 (rpc.md §3). */
export function staticFile(request: Request, serverName: string): Reply {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(400);
  const path = posix.normalize(request.path);
  if (folders.has(path)) {
    return errorReply(301, [['Location', `${request.scheme}://${serverName}${path}/`]]);
  }
  const body = files.get(path);
  if (body === undefined || request.parameters !== null) throw new HttpError(404);
  if (isFresh(request.header('if-modified-since'), body.length)) {
    return { status: 304, headers: [], body: Buffer.alloc(0) };
  }
  return {
    status: 200,
    headers: [
      ['Last-Modified', CHANGED.toUTCString()],
      ['Content-Length', String(body.length)],
      ['Content-Type', types[posix.extname(path)] ?? 'text/plain'],
      ...(isBrowser(request) ? forBrowsers(path, request.query) : []),
    ],
    body,
  };
}

function forBrowsers(path: string, query: string): readonly Header[] {
  const isNamedByVersion = query === `v=${assets.get(path.slice(1))?.version}`;
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['Cache-Control', isNamedByVersion ? 'private, max-age=31536000, immutable' : 'no-cache'],
  ];
}

/** Whether a client that says `DATE; length=N` has it already. */
function isFresh(header: string | undefined, length: number): boolean {
  const [, date = '', known] = /^([^;]*)(?:;\s*length=(\d+))?/i.exec(header ?? '') ?? [];
  const since = Date.parse(date);
  return since >= CHANGED.getTime() && (known === undefined || Number(known) === length);
}
