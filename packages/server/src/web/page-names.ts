import type { Request } from '../http/message.ts';

/** By the last part of the path; `/` is the first (web.md §1). */
const pageNames = [
  'index.html',
  'tail.html',
  'ok.html',
  'signal.html',
  'config.html',
  'log.html',
  'mainlog.html',
  'events.html',
] as const;

export type PageName = (typeof pageNames)[number];

/** The page that a request is for; undefined if it is for none. */
export function pageFor({ method, path }: Pick<Request, 'method' | 'path'>): PageName | undefined {
  if (method !== 'GET' && method !== 'POST') return undefined;
  const asked = path.replace(/^\/+/, '') || 'index.html';
  return pageNames.find((name) => name === asked);
}
