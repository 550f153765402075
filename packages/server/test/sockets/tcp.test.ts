import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces } from 'node:os';

import { afterEach, describe, expect, test } from '@jest/globals';

import { listenTcp } from '../../src/sockets/tcp.ts';
import { inetServer } from '../support/config.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function open(host: string, port = 0): Promise<AddressInfo> {
  const server = createServer();
  servers.push(server);
  await listenTcp(server, inetServer({ host, port }));
  return server.address() as AddressInfo;
}

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const withIpv6 = hasIpv6 ? test : test.skip;

describe('a TCP server', () => {
  withIpv6('takes addresses of IPv6', async () => {
    expect(await open('::1')).toMatchObject({ address: '::1', family: 'IPv6' });
  });

  test('without a host listens on all of IPv4', async () => {
    expect(await open('')).toMatchObject({ address: '0.0.0.0', family: 'IPv4' });
  });

  test('takes addresses of both families, and names', async () => {
    expect(await open('127.0.0.1')).toMatchObject({ address: '127.0.0.1' });
    expect(await open('localhost')).toMatchObject({ address: '127.0.0.1' });
  });

  test('is refused where somebody listens', async () => {
    const { port } = await open('127.0.0.1');
    await expect(open('127.0.0.1', port)).rejects.toMatchObject({
      message:
        'Another program is already listening on a port that one of our HTTP servers is configured to use.  Shut this program down first before starting supervisord.',
      place: `127.0.0.1:${port}`,
    });
  });

  test('on an address that is not ours is an error with its name and number, and the address', async () => {
    await expect(open('192.0.2.1')).rejects.toThrow(
      /^Cannot open an HTTP server: socket\.error reported errno\.EADDRNOTAVAIL \(\d+\) for 192\.0\.2\.1:0$/,
    );
  });

  test('with a name that nobody knows is an error with the number of the resolver', async () => {
    await expect(open('nosuchhost.invalid')).rejects.toThrow(
      /^Cannot open an HTTP server: socket\.error reported -[23] for nosuchhost\.invalid:0$/,
    );
  });
});
