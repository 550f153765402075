import { describe, expect, test } from '@jest/globals';

import { group, program, single } from '../support/config.ts';
import { waitFor } from '../support/wait-for.ts';
import { serve } from './support/served.ts';

const EXITED_0 = 0;

test('GET /api/v1 tells of the daemon, and counts the processes in each state', async () => {
  const { ask } = await serve([single('web'), single('db')]);
  for (const path of ['/api/v1', '/api/v1/']) {
    expect((await ask(`GET ${path}`)).json).toEqual({
      name: 'tsvisor',
      version: '4.4.0.dev0',
      apiVersion: 'v1',
      identifier: 'supervisor',
      pid: 77,
      state: 'RUNNING',
      processes: expect.objectContaining({ STOPPED: 2, RUNNING: 0, all: 2 }),
      role: 'full',
    });
  }
});

describe('GET /processes', () => {
  test('lists all by group and name', async () => {
    const { ask } = await serve([group('g', [program('b'), program('a')]), single('web')]);
    const { json, headers } = await ask('GET /processes');
    const processes = json['processes'] as { namespec: string }[];
    expect(processes.map(({ namespec }) => namespec)).toEqual(['g:a', 'g:b', 'web']);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('lists those of a group, or in a state', async () => {
    const { ask, supervisor, clock } = await serve([
      group('g', [program('b', { startSeconds: 0 }), program('a')]),
      single('web'),
    ]);
    supervisor.find('g:b')[0]?.beginStart();
    clock.advance(0);
    const names = async (query: string): Promise<unknown> => {
      const { json } = await ask(`GET /processes?${query}`);
      return (json['processes'] as { namespec: string }[]).map(({ namespec }) => namespec);
    };
    expect(await names('group=g')).toEqual(['g:a', 'g:b']);
    expect(await names('state=RUNNING')).toEqual(['g:b']);
    expect(await names('state=STOPPED&group=g')).toEqual(['g:a']);
    expect(await names('group=none')).toEqual([]);
    expect((await ask('GET /processes?state=running')).json['mistakes']).toEqual([
      { in: 'query', name: 'state', message: expect.stringMatching(/^must be one of STOPPED, /) },
    ]);
  });
});

test('a process is found by its namespec, percent-encoded', async () => {
  const { ask } = await serve([group('a b', [program('c/d:e')])]);
  const { status, json } = await ask('GET /processes/a%20b%3Ac%2Fd:e');
  expect([status, json['name'], json['group']]).toEqual([200, 'c/d:e', 'a b']);
  expect(json).toMatchObject({ usage: null, logs: { stdout: { path: null, bytesWritten: 0 } } });
});

describe('POST /processes/{process}/start', () => {
  test('answers when it is RUNNING', async () => {
    const { ask, supervisor, clock } = await serve([single('web')]);
    const answer = ask('POST /processes/web/start');
    await waitFor('it to start', () => supervisor.find('web')[0]?.state === 'STARTING');
    clock.advance(1000);
    expect(await answer).toMatchObject({ status: 200, json: { state: 'RUNNING' } });
  });

  test.each([
    ['POST /processes/web/start?wait=false', undefined],
    ['POST /processes/web/start', { wait: false }],
  ])('answers at once when told not to wait: %s %j', async (what, body) => {
    const { ask } = await serve([single('web')]);
    expect(await ask(what, { body })).toMatchObject({ status: 202, json: { state: 'STARTING' } });
  });

  test('a start that fails is a fault', async () => {
    const { ask, supervisor, end } = await serve([single('web')]);
    const answer = ask('POST /processes/web/start');
    await waitFor('it to start', () => supervisor.find('web')[0]?.state === 'STARTING');
    end('web', EXITED_0);
    expect(await answer).toMatchObject({
      status: 500,
      json: {
        type: 'urn:tsvisor:fault:SPAWN_ERROR',
        detail: 'SPAWN_ERROR: web',
        fault: { code: 50, name: 'SPAWN_ERROR' },
      },
    });
  });

  test('one that runs already is a conflict', async () => {
    const { ask } = await serve([single('web')]);
    await ask('POST /processes/web/start?wait=false');
    expect(await ask('POST /processes/web/start')).toMatchObject({
      status: 409,
      headers: { 'content-type': 'application/problem+json' },
      json: { fault: { code: 60, name: 'ALREADY_STARTED' } },
    });
  });
});

test('a restart stops, waits, and starts', async () => {
  const { ask, supervisor, clock, end } = await serve([single('web')]);
  const [web] = supervisor.find('web');
  web?.beginStart();
  clock.advance(1000);
  const { pid } = web ?? {};
  const answer = ask('POST /processes/web/restart');
  await waitFor('it to be stopping', () => web?.state === 'STOPPING');
  end('web', 15);
  await waitFor('it to start again', () => web?.state === 'STARTING');
  clock.advance(1000);
  const { status, json } = await answer;
  expect([status, json['state']]).toEqual([200, 'RUNNING']);
  expect(json['pid']).not.toBe(pid);
});

test('a restart starts what does not run', async () => {
  const { ask } = await serve([single('web', { startSeconds: 0 })]);
  expect(await ask('POST /processes/web/restart')).toMatchObject({
    status: 200,
    json: { state: 'RUNNING' },
  });
});

test('a client that waits holds up nobody else, and may leave', async () => {
  const { ask, supervisor } = await serve([single('web'), single('db')]);
  const waiting = ask('POST /processes/web/start');
  await waitFor('it to start', () => supervisor.find('web')[0]?.state === 'STARTING');
  expect((await ask('GET /processes/db')).status).toBe(200);
  supervisor.find('web')[0]?.beginStop();
  expect((await waiting).status).toBe(500);
});

test('signals go by name or number', async () => {
  const { ask, supervisor, clock, kernel } = await serve([single('web')]);
  supervisor.find('web')[0]?.beginStart();
  clock.advance(1000);
  expect((await ask('POST /processes/web/signal?signal=HUP')).status).toBe(200);
  expect((await ask('POST /processes/web/signal', { body: { signal: 10 } })).status).toBe(200);
  expect((await ask('POST /processes/web/signal?signal=0')).status).toBe(200);
  expect(kernel.child().signals).toEqual([1, 10, 0]);
  expect(await ask('POST /processes/web/signal?signal=NONE')).toMatchObject({
    status: 400,
    json: { detail: 'BAD_SIGNAL: NONE', fault: { name: 'BAD_SIGNAL' } },
  });
  expect(await ask('POST /processes/web/signal')).toMatchObject({
    status: 400,
    json: { mistakes: [{ in: 'body', name: 'signal', message: 'is missing' }] },
  });
});

test('what fails when nobody waits any more is told to the log', async () => {
  const { ask, logger } = await serve([single('web', { command: '/nonexistent/program' })]);
  expect((await ask('POST /processes/web/restart?wait=false')).status).toBe(202);
  const line =
    "warn POST /api/v1/processes/web/restart?wait=false failed with nobody waiting: NO_FILE: can't find command '/nonexistent/program'";
  await waitFor('the line', () => logger.lines.includes(line));
  expect(logger.lines).toContain(line);
});
