import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { InetServerConfig } from '@tsvisor/core';

import { socketError } from './errors.ts';
import { listen } from './listen.ts';

/** Listens on the host and port of the configuration; no host means all of IPv4. */
export async function listenTcp(server: Server, { host, port }: InetServerConfig): Promise<void> {
  try {
    await listen(server, { host: host === '' ? '0.0.0.0' : await addressOf(host), port });
  } catch (error) {
    throw socketError(error, `${host.includes(':') ? `[${host}]` : host}:${port}`);
  }
}

/** IPv4 where a name has both, as it was when there was nothing else. */
async function addressOf(host: string): Promise<string> {
  const { lookup } = await import('node:dns/promises');
  const [address] = await lookup(host, { all: true, verbatim: false });
  if (address === undefined) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
  return address.address;
}

/** A name server that does not answer must not hold up the start. */
const LOOKUP_MS = 2000;

/** The name of the address it is bound to, for redirections; undefined: none is known. */
export async function reverseName(address: string): Promise<string | undefined> {
  const { lookupService } = await import('node:dns/promises');
  const late = new AbortController();
  try {
    const found = await Promise.race([
      lookupService(address, 0),
      sleep(LOOKUP_MS, undefined, { signal: late.signal }),
    ]);
    return found?.hostname;
  } catch {
    // No such name, no resolver: the address will do.
    return undefined;
  } finally {
    late.abort();
  }
}
