import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { isSameCertificate, readCertificate } from '../../src/tls/certificate.ts';
import { folder } from '../support/folder.ts';
import { readTls, tlsFile } from '../support/tls.ts';

const good = {
  certificate: tlsFile('server.pem'),
  key: tlsFile('server.key'),
  clientAuthorities: tlsFile('client-ca.pem'),
};

/** What is said of files of which one is another. */
async function complaint(change: Partial<typeof good>): Promise<string> {
  try {
    await readCertificate({ ...good, ...change });
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}

describe('a certificate and its key', () => {
  test('are read, and how long they are valid', async () => {
    const certificate = await readCertificate(good);
    expect(certificate.validTo.toISOString()).toBe('2120-01-01T00:00:00.000Z');
    expect(certificate.ca).toEqual(readTls('client-ca.pem'));
  });

  test('are the same if the files have the same in them', async () => {
    const one = await readCertificate(good);
    const without = await readCertificate({ ...good, clientAuthorities: null });
    expect(isSameCertificate(one, await readCertificate(good))).toBe(true);
    expect(isSameCertificate(one, without)).toBe(false);
  });

  test('that are missing are named, with the option', async () => {
    for (const [change, option] of [
      [{ certificate: '/nonexistent/x' }, 'tls_cert'],
      [{ key: '/nonexistent/x' }, 'tls_key'],
      [{ clientAuthorities: '/nonexistent/x' }, 'tls_client_ca'],
    ] as const) {
      expect(await complaint(change)).toBe(`${option}=/nonexistent/x: there is no such file`);
    }
  });

  test('cannot be a folder or a device', async () => {
    const home = folder();
    expect(await complaint({ certificate: home })).toBe(`tls_cert=${home}: it is a directory`);
    expect(await complaint({ key: '/dev/zero' })).toBe('tls_key=/dev/zero: it is not a file');
  });

  test('have to be PEM', async () => {
    const certificate = tlsFile('server.der');
    expect(await complaint({ certificate })).toBe(
      `tls_cert=${certificate}: there is no certificate in PEM in it (-----BEGIN CERTIFICATE-----)`,
    );
    expect(await complaint({ key: good.certificate })).toBe(
      `tls_key=${good.certificate}: there is no private key in PEM in it (-----BEGIN PRIVATE KEY-----)`,
    );
    const clientAuthorities = tlsFile('make.sh');
    expect(await complaint({ clientAuthorities })).toMatch(
      /^tls_client_ca=.*no certificate in PEM/,
    );
  });

  test('have to belong together', async () => {
    const key = tlsFile('renewed.key');
    expect(await complaint({ key })).toBe(
      `tls_key=${key}: it is not the key of the certificate in tls_cert=${good.certificate}`,
    );
  });

  test('cannot be encrypted, in either way to write that', async () => {
    const key = tlsFile('encrypted.key');
    expect(await complaint({ key })).toBe(
      `tls_key=${key}: the key is encrypted, and nobody is there to be asked for its passphrase: decrypt it with \`openssl pkey\``,
    );
    const old = join(folder(), 'old.key');
    writeFileSync(
      old,
      '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n',
    );
    expect(await complaint({ key: old })).toContain('the key is encrypted');
  });

  test('are told from damaged ones', async () => {
    const home = folder();
    const damaged = (name: string): string => {
      const path = join(home, name);
      writeFileSync(path, readTls(name).subarray(0, 100));
      return path;
    };
    const certificate = damaged('server.pem');
    expect(await complaint({ certificate })).toMatch(
      `tls_cert=${certificate}: its certificate is damaged: `,
    );
    const key = damaged('server.key');
    expect(await complaint({ key })).toMatch(`tls_key=${key}: its key is damaged: `);
  });

  test('may have a chain, which is read too', async () => {
    const path = join(folder(), 'chain.pem');
    writeFileSync(path, `${readTls('server.pem').toString()}${readTls('ca.pem').toString()}`);
    expect(await complaint({ certificate: path })).toBe('nothing');
    writeFileSync(
      path,
      `${readTls('server.pem').toString()}-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n`,
    );
    expect(await complaint({ certificate: path })).toMatch(/^tls_cert=.*: it cannot be used: /);
  });

  test('that are not for us to read say who we are', async () => {
    const home = folder();
    mkdirSync(join(home, 'shut'), { mode: 0o000 });
    const path = join(home, 'shut', 'key');
    const said = await complaint({ key: path });
    // Root may read everything.
    const isRoot = process.getuid?.() === 0;
    expect(said).toBe(
      `tls_key=${path}: ${isRoot ? 'there is no such file' : `uid ${process.getuid?.()} may not read it`}`,
    );
  });
});
