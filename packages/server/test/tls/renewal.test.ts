import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';
import { RecordingLogger } from '@tsvisor/core/testing';

import { readCertificate } from '../../src/tls/certificate.ts';
import { Renewal } from '../../src/tls/renewal.ts';
import type { RenewalTimes } from '../../src/tls/renewal.ts';
import { folder } from '../support/folder.ts';
import { putPair, readTls, tlsFile } from '../support/tls.ts';
import { waitFor } from '../support/wait-for.ts';

let home: string;
let logger: RecordingLogger;
const renewals: Renewal[] = [];

beforeEach(() => {
  home = folder();
  logger = new RecordingLogger();
});
afterEach(() => {
  for (const renewal of renewals.splice(0)) renewal.close();
});

const NAMES = ['server', 'renewed', 'elsewhere'] as const;
const keys = NAMES.map((name) => readTls(`${name}.key`));

/** Looks after the files in a directory; what is in force is told by the name of its fixture. */
async function lookAfter(directory: string, times: Partial<RenewalTimes> = {}) {
  const files = {
    certificate: join(directory, 'cert.pem'),
    key: join(directory, 'key.pem'),
    clientAuthorities: null,
  };
  const inForce: string[] = [];
  const renewal = new Renewal(await readCertificate(files), {
    section: 'inet_http_server',
    files,
    clock: systemClock,
    logger,
    renewed: ({ key }) => inForce.push(NAMES[keys.findIndex((each) => each.equals(key))] ?? '?'),
    times: { settleMs: 20, graceMs: 100, glanceMs: 10, ...times },
  });
  renewals.push(renewal);
  return { renewal, inForce };
}

const oneMore = (inForce: readonly string[], name: string): Promise<void> =>
  waitFor(`${name} to be in force`, () => inForce.at(-1) === name);

const said = `info Server 'inet_http_server' has a new certificate from`;

describe('a new certificate is in force', () => {
  test('when the files are written to', async () => {
    putPair(home, 'server');
    const { inForce } = await lookAfter(home);
    putPair(home, 'renewed');
    await oneMore(inForce, 'renewed');
    expect(logger.lines).toEqual([`${said} ${home}/cert.pem, valid until 2120-01-01`]);
  });

  test('when others are renamed to their names', async () => {
    putPair(home, 'server');
    const { inForce } = await lookAfter(home);
    for (const [from, to] of [
      ['renewed.pem', 'cert.pem'],
      ['renewed.key', 'key.pem'],
    ] as const) {
      copyFileSync(tlsFile(from), join(home, 'next'));
      renameSync(join(home, 'next'), join(home, to));
    }
    await oneMore(inForce, 'renewed');
    expect(logger.lines).toHaveLength(1);
  });

  test('when a link is swapped, as Kubernetes does, again and again', async () => {
    const put = (name: string): void => {
      mkdirSync(join(home, `..${name}`));
      putPair(join(home, `..${name}`), name);
      symlinkSync(`..${name}`, join(home, '..next'));
      renameSync(join(home, '..next'), join(home, '..data'));
    };
    put('server');
    for (const name of ['cert.pem', 'key.pem']) symlinkSync(`..data/${name}`, join(home, name));
    const { inForce } = await lookAfter(home);
    put('renewed');
    await oneMore(inForce, 'renewed');
    rmSync(join(home, '..server'), { recursive: true });
    put('elsewhere');
    await oneMore(inForce, 'elsewhere');
    expect(logger.lines).toHaveLength(2);
  });

  test('when links in one directory lead to other files of another, as certbot does', async () => {
    const archive = join(home, 'archive');
    const live = join(home, 'live');
    for (const path of [archive, live]) mkdirSync(path);
    const put = (name: string): void => {
      for (const [kind, link] of [
        ['pem', 'cert.pem'],
        ['key', 'key.pem'],
      ] as const) {
        copyFileSync(tlsFile(`${name}.${kind}`), join(archive, `${name}.${kind}`));
        rmSync(join(live, link), { force: true });
        symlinkSync(`../archive/${name}.${kind}`, join(live, link));
      }
    };
    put('server');
    const { inForce } = await lookAfter(live);
    put('renewed');
    await oneMore(inForce, 'renewed');
    expect(logger.lines).toHaveLength(1);
  });

  test('when the directory is another one, and when it goes and comes back', async () => {
    const directory = join(home, 'tls');
    mkdirSync(directory);
    putPair(directory, 'server');
    const { inForce } = await lookAfter(directory);
    mkdirSync(join(home, 'next'));
    putPair(join(home, 'next'), 'renewed');
    renameSync(directory, join(home, 'before'));
    renameSync(join(home, 'next'), directory);
    await oneMore(inForce, 'renewed');
    rmSync(directory, { recursive: true });
    await waitFor('a complaint', () => logger.lines.length === 2);
    expect(logger.lines[1]).toBe(
      `error Server 'inet_http_server' goes on with the certificate it has: tls_cert=${directory}/cert.pem: there is no such file`,
    );
    mkdirSync(directory);
    putPair(directory, 'elsewhere');
    await oneMore(inForce, 'elsewhere');
    expect(logger.lines).toHaveLength(3);
  });

  test('when the key follows the certificate a while later, without a complaint', async () => {
    putPair(home, 'server');
    const { inForce } = await lookAfter(home, { graceMs: 60_000 });
    copyFileSync(tlsFile('renewed.pem'), join(home, 'cert.pem'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    copyFileSync(tlsFile('renewed.key'), join(home, 'key.pem'));
    await oneMore(inForce, 'renewed');
    expect(logger.lines).toHaveLength(1);
  });

  test('when a client comes, where nothing tells of changes', async () => {
    // What is above the watched directory is not watched.
    const directory = join(home, 'above/tls');
    mkdirSync(directory, { recursive: true });
    putPair(directory, 'server');
    const { renewal, inForce } = await lookAfter(directory);
    mkdirSync(join(home, 'next/tls'), { recursive: true });
    putPair(join(home, 'next/tls'), 'renewed');
    renameSync(join(home, 'above'), join(home, 'before'));
    renameSync(join(home, 'next'), join(home, 'above'));
    await waitFor('a client to be of use', () => {
      renewal.glance();
      return inForce.length > 0;
    });
    expect(inForce).toEqual(['renewed']);
  });
});

describe('the old certificate goes on', () => {
  test('while the files are no good, which is said once', async () => {
    putPair(home, 'server');
    const { inForce } = await lookAfter(home);
    writeFileSync(join(home, 'cert.pem'), 'rubbish');
    const complaint = `error Server 'inet_http_server' goes on with the certificate it has: tls_cert=${home}/cert.pem: there is no certificate in PEM in it (-----BEGIN CERTIFICATE-----)`;
    await waitFor('a complaint', () => logger.lines.length > 0);
    writeFileSync(join(home, 'cert.pem'), 'other rubbish');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(logger.lines).toEqual([complaint]);
    expect(inForce).toEqual([]);
    putPair(home, 'renewed');
    await oneMore(inForce, 'renewed');
  });

  test('when the files are touched, or written anew with the same in them', async () => {
    putPair(home, 'server');
    const { inForce } = await lookAfter(home);
    putPair(home, 'server');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(inForce).toEqual([]);
    expect(logger.lines).toEqual([]);
  });
});

test('a certificate that is out of date is warned of', async () => {
  copyFileSync(tlsFile('expired.pem'), join(home, 'cert.pem'));
  copyFileSync(tlsFile('server.key'), join(home, 'key.pem'));
  await lookAfter(home);
  expect(logger.lines).toEqual([
    `warn Server 'inet_http_server' has a certificate that clients will refuse: ${home}/cert.pem is valid from 2020-01-01 to 2020-02-01`,
  ]);
});

test('nothing is looked at any more once it is closed', async () => {
  putPair(home, 'server');
  const { renewal, inForce } = await lookAfter(home);
  renewal.close();
  putPair(home, 'renewed');
  renewal.glance();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(inForce).toEqual([]);
});
