// Browsers carry out what any page they show asks of any server. These tell such requests from
// those of our own pages and of scripts (difference D14).
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { Request } from '../http/message.ts';
import { isLoopback, loopbackNames } from './loopback-names.ts';

type Asked = Pick<Request, 'header' | 'local' | 'scheme'>;

/** Whether a browser sends this because a page of another site told it to. */
export function isCrossSite(request: Asked): boolean {
  return comesFromElsewhere(request) || isRebound(request);
}

function comesFromElsewhere(request: Asked): boolean {
  // The browser's own word. Another port of the same host is another site to us.
  const site = request.header('sec-fetch-site');
  if (site !== undefined) return !ours.has(site);
  const from = request.header('origin') ?? request.header('referer');
  if (from === undefined) return false;
  // A proxy in front may know us by another name.
  const names = [request.header('host'), request.header('x-forwarded-host')];
  const origin = hostOf(from);
  return !names.some((name) => name !== undefined && hostOf(`http://${name}`) === origin);
}

/** What a browser says of our own pages, and of what the user has typed in or bookmarked. */
const ours: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Whether what is not cross-site is known to come from a page of ours, or the user's own hand.
 * Over plain HTTP browsers say nothing of where they are, and any page can hide its address.
 */
export const isVouchedFor = ({ header }: Pick<Asked, 'header'>): boolean =>
  ['sec-fetch-site', 'origin', 'referer'].some((name) => header(name) !== undefined);

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

/** Whether this is sent by a browser, as far as one tells. */
export const isBrowser = ({ header }: Asked): boolean =>
  ['origin', 'referer', 'sec-fetch-site'].some((name) => header(name) !== undefined) ||
  /^mozilla\//i.test(header('user-agent') ?? '');

function isOwnName(name: string): boolean {
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  return (
    isIP(bare) !== 0 ||
    bare === 'localhost' ||
    bare.endsWith('.localhost') ||
    bare === hostname().toLowerCase() ||
    loopbackNames(hostsFile()).has(bare)
  );
}

/** Read anew each time: only names that are hardly ever asked for come this far. */
function hostsFile(): string {
  try {
    return readFileSync('/etc/hosts', 'latin1');
  } catch {
    // An image may have none.
    return '';
  }
}
