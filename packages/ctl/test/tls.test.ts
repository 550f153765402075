import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, test } from '@jest/globals';

import { encodeResponse } from '@tsvisor/rpc';

import { connect } from '../src/connection.ts';
import type { TlsFiles } from '../src/remote.ts';
import { tlsTrouble } from '../src/tls-trouble.ts';

/** make.sh there tells what the files are. */
const file = (name: string): string =>
  fileURLToPath(new URL(`../../../e2e/fixtures/tls/${name}`, import.meta.url));

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Setting {
  /** What the server shows; null: it is plain HTTP. */
  readonly shows?: readonly [certificate: string, key: string] | null;
  readonly wantsClients?: boolean;
  readonly options?: ServerOptions;
  readonly host?: string;
  readonly files?: Partial<TlsFiles>;
}

/** What tsvctl says of a server: the version it answers, or the line of what is wrong. */
async function said(setting: Setting): Promise<string | undefined> {
  const { shows = ['server.pem', 'server.key'], host = 'localhost', files = {} } = setting;
  const port = await serve(shows, setting);
  const tls = { ca: file('ca.pem'), cert: null, key: null, ...files };
  const server = { url: `https://${host}:${port}`, username: null, password: null, tls };
  const remote = connect(server);
  try {
    return await remote.call('getVersion');
  } catch (error) {
    return tlsTrouble(error, server)?.replaceAll(`:${port}`, ':PORT').replaceAll(file(''), '');
  }
}

async function serve(
  shows: NonNullable<Setting['shows']> | null,
  { wantsClients = false, options = {} }: Setting,
): Promise<number> {
  const read = (name: string): Buffer => readFileSync(file(name));
  const server =
    shows === null
      ? createPlainServer()
      : createServer({
          cert: read(shows[0]),
          key: read(shows[1]),
          ...(wantsClients && { requestCert: true, ca: read('client-ca.pem') }),
          ...options,
        });
  servers.push(server);
  server.on('request', (_request, response) => {
    response.setHeader('Content-Type', 'text/xml').end(encodeResponse('3.0'));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a daemon at https://', () => {
  test.each(['localhost', '127.0.0.1'])('is asked as %s', async (host) => {
    expect(await said({ host })).toBe('3.0');
  });

  test('is shown our certificate', async () => {
    const files = { cert: file('client.pem'), key: file('client.key') };
    expect(await said({ wantsClients: true, files })).toBe('3.0');
  });

  test.each<[what: string, setting: Setting, line: string]>([
    [
      'of an authority that the system does not know',
      { files: { ca: null } },
      'ERROR: https://localhost:PORT has a certificate of an authority that is not trusted here: tls_ca= in [supervisorctl] is for the file of the one that is to be',
    ],
    [
      'of another authority than the one that is trusted',
      { files: { ca: file('client-ca.pem') } },
      'ERROR: https://localhost:PORT has a certificate of an authority that is not in tls_ca=client-ca.pem',
    ],
    [
      'that is out of date',
      { shows: ['expired.pem', 'server.key'] },
      'ERROR: https://localhost:PORT has a certificate that has expired: the file of tls_cert= in its [inet_http_server] is to be renewed',
    ],
    [
      'for another name',
      { shows: ['elsewhere.pem', 'elsewhere.key'] },
      'ERROR: https://localhost:PORT has a certificate for other names: serverurl= is to have one of DNS:elsewhere.example',
    ],
  ])(
    'with a certificate %s is not asked, and a line says what helps',
    async (_what, setting, line) => {
      expect(await said(setting)).toBe(line);
    },
  );

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that wants a certificate of ours says so by %s',
    async (version) => {
      const options = { minVersion: version, maxVersion: version };
      const line = await said({ wantsClients: true, options });
      // The connection may be gone before the alert is read.
      expect(line).toMatch(
        /^ERROR: https:\/\/localhost:PORT (wants a certificate of the client: tls_cert= and tls_key= in \[supervisorctl\] are for it|has closed the connection: it may want a certificate of the client, tls_cert= and tls_key= in \[supervisorctl\])$/,
      );
      const files = { cert: file('server.pem'), key: file('server.key') };
      expect(await said({ wantsClients: true, options, files })).toMatch(
        /^ERROR: https:\/\/localhost:PORT .*accept the certificate in tls_cert=server.pem$/,
      );
    },
  );

  test('that does not speak TLS is told so', async () => {
    expect(await said({ shows: null })).toBe(
      'ERROR: https://localhost:PORT does not speak TLS: its serverurl= begins with http://',
    );
  });
});

describe('files of [supervisorctl] that cannot be used are named', () => {
  test.each<[files: Partial<TlsFiles>, line: string]>([
    [{ ca: '/nonexistent/ca' }, 'tls_ca=/nonexistent/ca: there is no such file'],
    [{ ca: '/' }, 'tls_ca=/: it is a directory'],
    [{ cert: file('server.der') }, 'tls_cert=server.der: there is no certificate in PEM in it'],
    [
      { cert: file('client.pem'), key: file('client.pem') },
      'tls_key=client.pem: there is no private key in PEM in it',
    ],
  ])('%j', async (files, line) => {
    expect(await said({ files })).toBe(`ERROR: [supervisorctl] ${line}`);
  });

  test('a key that is not of the certificate', async () => {
    const files = { cert: file('client.pem'), key: file('server.key') };
    expect(await said({ files })).toBe(
      'ERROR: https://localhost:PORT cannot be asked: tls_key= in [supervisorctl] is not the key of tls_cert=',
    );
  });
});

test('what is no matter of TLS is left to others', async () => {
  const server = { url: 'https://127.0.0.1:1', username: null, password: null };
  await expect(connect(server).call('getVersion')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(tlsTrouble({ code: 'ECONNREFUSED' }, server)).toBeUndefined();
  expect(tlsTrouble({ code: 'ECONNRESET' }, { ...server, url: 'http://x' })).toBeUndefined();
});
