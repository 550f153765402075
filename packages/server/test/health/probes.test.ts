import { describe, expect, test } from '@jest/globals';

import type { GroupConfig } from '@tsvisor/core';

import { probe } from '../../src/health/probes.ts';
import { group, program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { request, textOf } from '../support/request.ts';

function probed(groups: readonly GroupConfig[]) {
  const daemon = daemonOf(groups);
  const ask = (
    target: string,
    audience: 'known' | 'anybody' = 'known',
    headers: Readonly<Record<string, string>> = {},
  ): readonly [number, string] => {
    const reply = probe(request(target, headers), daemon.supervisor, audience);
    return [reply.status, textOf(reply)];
  };
  return { ...daemon, ask };
}

const due = { autostart: true, startSeconds: 1, startRetries: 0 };

describe('/readyz', () => {
  test('follows a program from its start to FATAL, and names what is not ready', () => {
    const { supervisor, clock, end, ask } = probed([single('web', due), single('manual')]);
    expect(ask('/readyz')).toEqual([503, 'not ready\nweb STOPPED: not started yet\n']);
    supervisor.run();
    expect(ask('/readyz')).toEqual([503, 'not ready\nweb STARTING\n']);
    clock.advance(1000);
    expect(ask('/readyz')).toEqual([200, 'ok\n']);
    expect(ask('/readyz?verbose')).toEqual([200, 'ok\nsupervisor RUNNING\nweb RUNNING\n']);
    supervisor.find('web')[0]!.beginStop();
    expect(ask('/readyz')).toEqual([503, 'not ready\nweb STOPPING\n']);
    end('web', 15);
    expect(ask('/readyz')).toEqual([503, 'not ready\nweb STOPPED: was stopped\n']);
    supervisor.find('web')[0]!.beginStart();
    end('web', 1 << 8);
    clock.advance(0);
    expect(ask('/readyz')[1]).toMatch(/^not ready\nweb FATAL: .+\n$/);
  });

  test.each([
    ['has done what it had to do', false, 0, 200],
    ['has failed at it', false, 3, 503],
    ['has ended, expectedly, and stays so', 'unexpected', 0, 200],
  ] as const)('one that %s', (_what, autorestart, status, answer) => {
    const { supervisor, clock, end, ask } = probed([single('job', { ...due, autorestart })]);
    supervisor.run();
    clock.advance(1000);
    end('job', status << 8);
    expect(ask('/readyz')[0]).toBe(answer);
  });

  test('is never ready while the daemon stops, though it is alive', () => {
    const { supervisor, clock, ask } = probed([single('web', due)]);
    supervisor.run();
    clock.advance(1000);
    void supervisor.shutdown();
    expect(ask('/readyz')).toEqual([503, 'not ready\nsupervisor SHUTDOWN\nweb STOPPING\n']);
    expect(ask('/healthz')).toEqual([200, 'ok\n']);
    expect(ask('/healthz?verbose')).toEqual([200, 'ok\nsupervisor SHUTDOWN\n']);
  });

  test('is ready where nothing is due', () => {
    expect(probed([single('manual')]).ask('/readyz')).toEqual([200, 'ok\n']);
  });

  test('may be asked of some programs only, which are due then', () => {
    const { supervisor, ask } = probed([
      group('app', [program('a', { startSeconds: 0 }), program('b')]),
      single('web', due),
    ]);
    supervisor.find('app:a')[0]!.beginStart();
    expect(ask('/readyz?program=app:a')).toEqual([200, 'ok\n']);
    expect(ask('/readyz?program=app%3Aa&program=app:b')[0]).toBe(503);
    expect(ask('/readyz?program=app:*')[1]).toBe('not ready\napp:b STOPPED: not started yet\n');
    expect(() => ask('/readyz?program=nobody')).toThrow(expect.objectContaining({ status: 404 }));
    expect(() => ask('/readyz?program=')).toThrow(expect.objectContaining({ status: 400 }));
  });

  test('tells those without a password no names, nor which there are', () => {
    const { supervisor, clock, ask } = probed([single('web', due)]);
    expect(ask('/readyz?verbose', 'anybody')).toEqual([503, 'not ready\n']);
    expect(ask('/readyz?program=web', 'anybody')).toEqual([503, 'not ready\n']);
    expect(ask('/readyz?program=nobody', 'anybody')).toEqual([503, 'not ready\n']);
    expect(ask('/readyz', 'anybody', { accept: 'application/json' })).toEqual([
      503,
      '{"ready":false,"state":"RUNNING"}\n',
    ]);
    supervisor.run();
    clock.advance(1000);
    expect(ask('/readyz?verbose', 'anybody')).toEqual([200, 'ok\n']);
    expect(ask('/readyz?program=web', 'anybody')).toEqual([200, 'ok\n']);
  });

  test('answers JSON to who asks for it', () => {
    const { supervisor, clock, ask } = probed([single('web', due), single('db', due)]);
    supervisor.run();
    clock.advance(1000);
    supervisor.find('db')[0]!.beginStop();
    const json = { accept: 'application/json' };
    expect(JSON.parse(ask('/readyz', 'known', json)[1])).toEqual({
      ready: false,
      state: 'RUNNING',
      programs: [{ program: 'db', ready: false, state: 'STOPPING', why: null }],
    });
    expect(JSON.parse(ask('/readyz?verbose', 'known', json)[1])).toMatchObject({
      programs: [{ program: 'web', ready: true }, { program: 'db' }],
    });
    expect(ask('/healthz', 'known', json)).toEqual([200, '{"status":"ok","state":"RUNNING"}\n']);
  });
});

test('probes are asked by GET and HEAD', () => {
  const { supervisor } = daemonOf([]);
  expect(probe(request('/healthz', {}, 'HEAD'), supervisor, 'known').status).toBe(200);
  expect(probe(request('/healthz', {}, 'POST'), supervisor, 'known')).toMatchObject({
    status: 405,
    headers: expect.arrayContaining([['Allow', 'GET, HEAD']]),
  });
});
