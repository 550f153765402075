// Browsers carry out what any page they show asks of any server. These tell such requests from
// those of our own pages and of scripts (difference D14).
import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { Request } from '../http/message.ts';

type Asked = Pick<Request, 'header' | 'local' | 'scheme'>;

/** Whether a browser sends this because a page of another site told it to. */
export function isCrossSite(request: Asked): boolean {
  return comesFromElsewhere(request) || isRebound(request);
}

function comesFromElsewhere(request: Asked): boolean {
  const site = request.header('sec-fetch-site');
  // The browser's own word, or the user's: typed in, a bookmark.
  if (site === 'same-origin' || site === 'none') return false;
  if (site === 'cross-site') return true;
  const from = request.header('origin') ?? request.header('referer');
  if (from === undefined) return false;
  // A proxy in front may know us by another name.
  const names = [request.header('host'), request.header('x-forwarded-host')];
  const origin = hostOf(from);
  return !names.some((name) => name !== undefined && hostOf(`http://${name}`) === origin);
}

/** `host:port` of a URL; the empty text for `null` and all that is none. */
function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    // Opaque origins are nobody's.
    return '';
  }
}

/**
 * DNS rebinding: a foreign name that was made to point at this machine's loopback address. A
 * proxy in front would name its own port.
 */
export function isRebound(request: Asked): boolean {
  const { local } = request;
  const host = request.header('host');
  if (local === null || host === undefined || !isLoopback(local.host)) return false;
  if (!isBrowser(request)) return false;
  const usualPort = request.scheme === 'https' ? '443' : '80';
  const [, name = '', port = usualPort] = /^(.*?)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  return Number(port) === local.port && !isOwnName(name);
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Whether this is sent by a browser, as far as one tells. */
export const isBrowser = ({ header }: Asked): boolean =>
  ['origin', 'referer', 'sec-fetch-site'].some((name) => header(name) !== undefined) ||
  /^mozilla\//i.test(header('user-agent') ?? '');

function isOwnName(name: string): boolean {
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  const own = hostname().toLowerCase();
  return (
    isIP(bare) !== 0 ||
    bare === 'localhost' ||
    bare.endsWith('.localhost') ||
    bare === own ||
    bare.startsWith(`${own}.`)
  );
}
