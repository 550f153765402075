import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { readExposition } from '../packages/server/test/support/exposition.ts';
import { freePort } from './support/free-port.ts';
import { Sandbox, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
let port: number;
beforeEach(async () => {
  sandbox = new Sandbox();
  port = await freePort();
});
afterEach(() => sandbox.close());

const password = (account: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(account).toString('base64')}`,
});
const admin = password('admin:secret');
const reader = password('look:only');

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`http://127.0.0.1:${port}${path}`, { method, headers });

const told = async (path: string, headers?: Record<string, string>): Promise<[number, string]> => {
  const response = await get(path, headers);
  return [response.status, await response.text()];
};

const server = (...options: string[]): string[] => [
  '[inet_http_server]',
  `port=127.0.0.1:${port}`,
  'username=admin',
  'password=secret',
  'readonly_username=look',
  'readonly_password=only',
  ...options,
];

test('metrics and probes are not there unless they are switched on', async () => {
  sandbox.configure(server().join('\n'));
  await sandbox.startDaemon();
  for (const path of ['/metrics', '/healthz', '/readyz']) {
    expect((await get(path)).status).toBe(401);
    expect((await get(path, admin)).status).toBe(404);
  }
});

describe('a server with all of it', () => {
  test('tells metrics to those with a password, and public probes name no program', async () => {
    sandbox.configure(
      [
        ...server('metrics=true', 'health=true', 'health_public=true'),
        '[program:web]',
        'command=sh -c "echo hello; exec sleep 1000"',
        'startsecs=0',
        '[program:broken]',
        'command=/nonexistent/program',
        'startretries=0',
      ].join('\n'),
    );
    await sandbox.startDaemon();
    await sandbox.waitForState('broken', 'FATAL');
    await sandbox.waitForState('web', 'RUNNING');

    expect((await get('/metrics')).status).toBe(401);
    for (const [format, accept] of [
      ['text', '*/*'],
      ['openmetrics', 'application/openmetrics-text'],
    ] as const) {
      const [status, text] = await told('/metrics', { ...reader, accept });
      expect(status).toBe(200);
      const families = readExposition(text, format);
      const of = (name: string): unknown =>
        Object.fromEntries(
          families.get(name)!.samples.map(({ labels, value }) => [labels['name'], value]),
        );
      expect(of('node_supervisord_up')).toEqual({ web: 1, broken: 0 });
      expect(of('node_supervisord_state')).toEqual({ web: 20, broken: 200 });
      expect(of('tsvisor_process_resident_memory_bytes')).toEqual({ web: expect.any(Number) });
      expect(families.get('tsvisor_ready')!.samples[0]!.value).toBe(0);
      expect(families.has('process_open_fds')).toBe(true);
    }
    expect((await get('/metrics', { ...admin, origin: 'http://evil.example' })).status).toBe(403);

    expect(await told('/healthz')).toEqual([200, 'ok\n']);
    expect(await told('/readyz?verbose')).toEqual([503, 'not ready\n']);
    expect(await told('/readyz?program=web')).toEqual([200, 'ok\n']);
    expect((await told('/readyz', reader))[1]).toMatch(/^not ready\nbroken FATAL: .*nonexistent/);
    expect((await get('/readyz', password('admin:wrong'))).status).toBe(401);
    expect((await get('/readyz?program=nobody', admin)).status).toBe(404);
    const head = await get('/readyz', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      503,
      '10',
      '',
    ]);
    expect((await get('/healthz/', {})).status).toBe(401);
  });

  test('is ready from when all runs until one is FATAL, and alive until the end', async () => {
    sandbox.configure(
      [
        ...server('health=true', 'health_public=true'),
        '[program:web]',
        `command=sh -c 'test -e ${sandbox.path('fail')} && exit 3; exec sleep 1000'`,
        'startretries=0',
        '[program:slow]',
        `command=sh -c 'trap "while ! test -e ${sandbox.path('end')}; do sleep 0.05; done; exit" TERM; touch ${sandbox.path('trapped')}; while :; do sleep 0.05; done'`,
        '[program:manual]',
        'command=sleep 1000',
        'autostart=false',
      ].join('\n'),
    );
    const daemon = await sandbox.startDaemon();
    const answers = async (): Promise<unknown[]> => [
      (await told('/readyz'))[0],
      (await told('/healthz'))[0],
      (await sandbox.ctl('health')).status,
    ];
    expect(await told('/readyz', admin)).toEqual([
      503,
      expect.stringMatching(/^not ready\n(?=[^]*web STARTING\n)/),
    ]);
    await waitFor('all to be ready', async () => (await told('/readyz'))[0] === 200);
    expect(await answers()).toEqual([200, 200, 0]);

    sandbox.write('fail', '');
    await sandbox.ctl('restart', 'web');
    await sandbox.waitForState('web', 'FATAL');
    expect(await answers()).toEqual([503, 200, 1]);
    expect((await told('/readyz', admin))[1]).toMatch(/^not ready\nweb FATAL: .+\n$/);

    daemon.process.kill('SIGTERM');
    await waitFor('the shutdown', async () =>
      (await told('/readyz', admin))[1].includes('supervisor SHUTDOWN'),
    );
    expect((await told('/healthz'))[0]).toBe(200);
    expect((await told('/readyz'))[0]).toBe(503);
    sandbox.write('end', '');
    expect((await daemon.ended()).status).toBe(0);
  });
});
