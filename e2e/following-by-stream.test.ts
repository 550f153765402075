import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { freePort } from './hostile/daemon.ts';
import { Sandbox, tsvctlProgram, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const web = (more = ''): string => `[program:web]
command=/bin/sh -c 'echo ready; while read line; do echo $line; done'
stdout_logfile=%(here)s/web.log
startsecs=0
${more}`;

test.each(['unix', 'tcp'])('tail -f follows by the stream, over %s', async (door) => {
  const port = await freePort();
  sandbox.configure(
    `[inet_http_server]\nport=127.0.0.1:${port}\nusername=user\npassword=secret\n${web()}`,
    'loglevel=trace',
  );
  await sandbox.startDaemon();
  const where =
    door === 'unix'
      ? ['-c', sandbox.path('supervisord.conf')]
      : ['-s', `http://127.0.0.1:${port}`, '-u', 'user', '-p', 'secret'];
  const tail = sandbox.run(tsvctlProgram, [...where, 'tail', '-f', 'web']);
  await waitFor('the backlog', () => tail.stdout().includes('ready\n'), 20_000);
  appendFileSync(sandbox.path('web.log'), Buffer.from([0xe2, 0x82, 0xac, 0x0a]));
  await sandbox.ctl('stop', 'web');
  await sandbox.ctl('start', 'web');
  await waitFor('what is new', () => tail.stdout().endsWith('€\nready\n'));
  truncateSync(sandbox.path('web.log'));
  await sandbox.ctl('restart', 'web');
  await waitFor('the word of the truncation', () =>
    tail.stdout().endsWith('ready\n==> File truncated <==\nready\n'),
  );
  tail.process.kill('SIGINT');
  expect(await tail.ended()).toMatchObject({ status: 0, stderr: '' });
  await waitFor('the line of the access log', () =>
    /"GET \/api\/v1\/stream HTTP\/1.1" 101 \d+/.test(sandbox.read('main.log')),
  );
  expect(sandbox.read('main.log')).not.toContain('GET /logtail');
});

test('tail -f goes on when the configuration of its program has changed', async () => {
  sandbox.configure(web());
  await sandbox.startDaemon();
  const config = ['-c', sandbox.path('supervisord.conf')];
  const tail = sandbox.run(tsvctlProgram, [...config, 'tail', '-f', 'web']);
  await waitFor('the backlog', () => tail.stdout().includes('ready\n'), 20_000);
  writeFileSync(
    sandbox.path('supervisord.conf'),
    sandbox.read('supervisord.conf').replace('echo ready', 'echo again'),
  );
  await sandbox.ctl('update');
  await waitFor('what the new one says', () => tail.stdout().endsWith('ready\nagain\n'));
  tail.process.kill('SIGINT');
  expect(await tail.ended()).toMatchObject({ status: 0 });
});
