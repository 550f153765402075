import { expect, test } from '@jest/globals';

import { checkCertificates } from '../../src/tls/check.ts';
import { config, inetServer, unixServer } from '../support/config.ts';
import { tlsFile } from '../support/tls.ts';

const checked = async (key: string): Promise<string[]> => {
  const servers = [
    unixServer('/run/s.sock'),
    inetServer(),
    inetServer({ tlsCert: tlsFile('server.pem'), tlsKey: tlsFile(key) }),
  ];
  const warnings: string[] = [];
  await checkCertificates({ ...config([]), servers }, (message) => warnings.push(message));
  return warnings;
};

test('certificates are checked as a start would', async () => {
  expect(await checked('server.key')).toEqual([]);
  await expect(checked('renewed.key')).rejects.toMatchObject({
    code: 'SOCKET',
    message: expect.stringMatching(/in section \[inet_http_server\] of .*, tls_key=.*: it is not/),
  });
});
