import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from './support/sandbox.ts';

const asRoot = process.getuid?.() === 0 ? test : test.skip;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const GIBIBYTE = 2 ** 30;
const LINE = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-+';

async function digestOf(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

function digestOfLines(bytes: number): string {
  const hash = createHash('md5');
  const block = Buffer.from(`${LINE}\n`.repeat(16_384));
  for (let left = bytes; left > 0; left -= block.length) hash.update(block.subarray(0, left));
  return hash.digest('hex');
}

test('has every byte of 1 GiB in the log before it reports the exit', async () => {
  sandbox.configure(
    [
      '[program:burst]',
      `command=/bin/sh -c 'yes ${LINE} | head -c ${GIBIBYTE}'`,
      `stdout_logfile=${sandbox.path('burst.log')}`,
      'stdout_logfile_maxbytes=0',
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  await sandbox.startDaemon();
  await waitFor('the exit', () => sandbox.read('main.log').includes('exited: burst'), 60_000);
  expect(statSync(sandbox.path('burst.log')).size).toBe(GIBIBYTE);
  expect(await digestOf(sandbox.path('burst.log'))).toBe(digestOfLines(GIBIBYTE));
}, 120_000);

test('writes to /dev/stdout with maxbytes=0 as to its own standard output', async () => {
  sandbox.configure(
    [
      '[program:out]',
      "command=/bin/sh -c 'echo to the container; echo in trouble >&2; exec sleep 1000'",
      'stdout_logfile=/dev/stdout',
      'stdout_logfile_maxbytes=0',
      'stderr_logfile=/dev/fd/2',
      'stderr_logfile_maxbytes=0',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  await waitFor('the line', () => /^to the container$/m.test(daemon.stdout()));
  await waitFor('the other', () => /^in trouble$/m.test(daemon.stderr()));
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

const streams = (user: string): string =>
  [
    '[program:streams]',
    "command=/bin/sh -c 'echo one >/dev/stdout; echo two >/proc/self/fd/2; exec sleep 1000'",
    user,
    `stdout_logfile=${sandbox.path('out.log')}`,
    `stderr_logfile=${sandbox.path('err.log')}`,
  ].join('\n');

test('lets a child open /dev/stdout and /proc/self/fd/2 itself', async () => {
  sandbox.configure(streams(''));
  await sandbox.startDaemon();
  await waitFor('its stdout', () => sandbox.read('out.log') === 'one\n');
  await waitFor('its stderr', () => sandbox.read('err.log') === 'two\n');
});

asRoot('lets a child of another user open them too', async () => {
  sandbox.configure(streams('user=nobody'));
  await sandbox.startDaemon();
  await waitFor('its stdout', () => sandbox.read('out.log') === 'one\n');
  await waitFor('its stderr', () => sandbox.read('err.log') === 'two\n');
});

test('names each line of the container log for the program that wrote it', async () => {
  sandbox.configure(
    [
      '[program:web]',
      "command=/bin/sh -c 'printf one; sleep 0.1; echo; echo two; exec sleep 1000'",
      'stdout_logfile=stdout',
      '[program:job]',
      "command=/bin/sh -c 'echo three; exec sleep 1000'",
      'stdout_logfile=stdout',
      'stdout_format=json',
    ].join('\n'),
    'stdout_prefix=%(program_name)s |',
  );
  const daemon = await sandbox.startDaemon();
  await waitFor('the lines', () => /^web \| one\nweb \| two$/m.test(daemon.stdout()));
  const json = await waitFor('the object', () => /^\{.*\}$/m.exec(daemon.stdout())?.[0]);
  expect(JSON.parse(json)).toMatchObject({ program: 'job', stream: 'stdout', line: 'three' });
});
