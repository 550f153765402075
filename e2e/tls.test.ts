import { copyFileSync, readFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Client } from '../packages/rpc/src/index.ts';
import { freePort } from './hostile/daemon.ts';
import { Sandbox, fromRoot, tsvctlProgram, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

const tlsFile = (name: string): string => fromRoot(`e2e/fixtures/tls/${name}`);

let sandbox: Sandbox;
let port: number;
beforeEach(async () => {
  sandbox = new Sandbox();
  port = await freePort();
  put('server');
});
afterEach(() => sandbox.close());

/** Puts a certificate and its key where the configuration has them. */
function put(name: string): void {
  copyFileSync(tlsFile(`${name}.pem`), sandbox.path('cert.pem'));
  copyFileSync(tlsFile(`${name}.key`), sandbox.path('key.pem'));
}

function configure(more = ''): void {
  sandbox.configure(
    [
      `serverurl=https://localhost:${port}`,
      `tls_ca=${tlsFile('ca.pem')}`,
      '[inet_http_server]',
      `port=127.0.0.1:${port}`,
      'tls_cert=%(here)s/cert.pem',
      'tls_key=%(here)s/key.pem',
      more,
      '[program:web]',
      `command=/bin/sh -c 'echo here; exec cat'`,
      'startsecs=0',
    ].join('\n'),
  );
  // A section has one.
  const text = sandbox.read('supervisord.conf').replace(/^serverurl=unix:.*\n/m, '');
  sandbox.write('supervisord.conf', text);
}

/** The name on the certificate that a new client is shown. */
function shownName(): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false };
    const socket = connect(options, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('a daemon with a certificate is asked, followed and told what to do by https', async () => {
  configure();
  const daemon = await sandbox.startDaemon();
  expect(await sandbox.ctl('status')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^web +RUNNING/),
  });
  expect((await sandbox.ctl('tail', 'web')).stdout).toBe('here\n\n');
  const config = ['-c', sandbox.path('supervisord.conf')];
  const following = sandbox.run(tsvctlProgram, [...config, 'tail', '-f', 'web']);
  await waitFor('the log', () => following.stdout().includes('here'));
  const events = sandbox.run(tsvctlProgram, [...config, 'events']);
  await waitFor('both to be connected', () => sandbox.ctl('pid'));
  expect(await sandbox.ctl('restart', 'web')).toMatchObject({
    stdout: 'web: stopped\nweb: started\n',
  });
  await waitFor('the second life', () => following.stdout().split('here').length === 3);
  await waitFor('an event', async () => {
    await sandbox.ctl('restart', 'web');
    return events.stdout().includes('PROCESS_STATE_RUNNING');
  });
  sandbox.write('hosts.ini', `[web]\nhere = https://localhost:${port}\n`);
  expect((await sandbox.ctl('--hosts', sandbox.path('hosts.ini'), 'status')).stdout).toMatch(
    /^here +web +RUNNING/,
  );
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
}, 60_000);

describe('a certificate that is replaced', () => {
  test('is in force for new clients, without a restart; one that is no good is not', async () => {
    configure();
    await sandbox.startDaemon();
    expect(await shownName()).toBe('localhost');
    put('renewed');
    await waitFor('the new one', async () => (await shownName()) === 'localhost, renewed');
    const log = (): string => sandbox.read('main.log');
    await waitFor('its line', () =>
      log().includes(
        `INFO Server 'inet_http_server' has a new certificate from ${sandbox.path('cert.pem')}, valid until 2120-01-01`,
      ),
    );
    sandbox.write('cert.pem', 'rubbish');
    await waitFor('the complaint', () => log().includes('goes on with the certificate it has'));
    expect(await shownName()).toBe('localhost, renewed');
    expect(await sandbox.ctl('status')).toMatchObject({ status: 0 });
    put('server');
    await waitFor('the one after', async () => (await shownName()) === 'localhost');
  }, 60_000);

  test('is read by a restart too', async () => {
    configure();
    const daemon = await sandbox.startDaemon();
    put('renewed');
    daemon.process.kill('SIGHUP');
    const isUp = (): boolean =>
      sandbox.read('main.log').split('supervisord started with pid').length === 3;
    await waitFor('the second life', isUp);
    expect(await shownName()).toBe('localhost, renewed');
  }, 40_000);
});

test('a daemon that wants certificates of its clients refuses those without', async () => {
  configure(`tls_client_ca=${tlsFile('client-ca.pem')}`);
  await sandbox.startDaemon();
  const refused = await sandbox.ctl('status');
  expect(refused.status).toBe(1);
  expect(refused.stdout).toMatch(
    /^ERROR: https:\/\/localhost:\d+ .*tls_cert= and tls_key= in \[supervisorctl\].*\n$/,
  );
  const text = sandbox.read('supervisord.conf');
  const pair = `tls_cert=${tlsFile('client.pem')}\ntls_key=${tlsFile('client.key')}`;
  sandbox.write('supervisord.conf', text.replace('[supervisorctl]', `[supervisorctl]\n${pair}`));
  expect(await sandbox.ctl('status')).toMatchObject({ status: 0 });
}, 40_000);

describe('a start with a certificate that cannot be used ends with 2 and one line', () => {
  const start = (action: string): Running =>
    sandbox.run(tsvdProgram, [action, '-c', sandbox.path('supervisord.conf')]);

  test.each([
    ['tls_cert', 'cert.pem', 'nothing', 'there is no certificate in PEM in it'],
    ['tls_key', 'key.pem', 'nothing', 'there is no private key in PEM in it'],
    ['tls_key', 'key.pem', 'renewed.key', 'it is not the key of the certificate in tls_cert='],
    [
      'tls_key',
      'key.pem',
      'encrypted.key',
      'the key is encrypted, and nobody is there to be asked',
    ],
  ])('%s %s of %s', async (option, name, content, why) => {
    if (content === 'nothing') sandbox.write(name, '');
    else copyFileSync(tlsFile(content), sandbox.path(name));
    configure();
    const checked = await start('--check-config').ended();
    const { status, stderr } = await start('-n').ended();
    expect(checked).toMatchObject({ status: 2, stdout: '', stderr });
    expect(status).toBe(2);
    const conf = sandbox.path('supervisord.conf');
    const line = stderr.split('\n').find((each) => each.startsWith('Error: '));
    expect(line).toContain(
      `Error: Cannot open an HTTP server: in section [inet_http_server] of ${conf}, ${option}=${sandbox.path(name)}: ${why}`,
    );
  });
});

test('crowds that do not finish their handshakes, and those who speak something else, keep nobody out', async () => {
  configure();
  await sandbox.startDaemon();
  const say = (text: string): Socket => {
    const socket = connectPlain(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text, 'latin1');
    return socket;
  };
  // The beginning of a ClientHello of 512 bytes that never comes.
  const halves = Array.from({ length: 300 }, () =>
    say('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  );
  const silent = Array.from({ length: 300 }, () => say(''));
  const others = [
    'GET / HTTP/1.0\r\n\r\n',
    '\x00'.repeat(70_000),
    '\x16\x03\x01\x00\x05hello\x16\x16\x16',
    '\x80\x2e\x01\x00\x02\x00\x15',
    `\x16\x03\x01\x40\x00${'\x01'.repeat(20_000)}`,
    'SSH-2.0-OpenSSH_9.2\r\n',
  ].flatMap((text) => Array.from({ length: 20 }, () => say(text)));
  const asked = Array.from({ length: 20 }, async () => {
    const client = new Client({
      serverUrl: `https://localhost:${port}`,
      tls: { ca: readFileSync(tlsFile('ca.pem')) },
    });
    const state = await client.call('supervisor.getState', []);
    client.close();
    return state.statename;
  });
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['RUNNING']));
  for (const socket of [...halves, ...silent, ...others]) socket.destroy();
  expect(await sandbox.ctl('status')).toMatchObject({ status: 0 });
  expect(sandbox.read('main.log')).not.toMatch(/ERRO|CRIT (?!Server|Supervisor)|Traceback/);
}, 60_000);
