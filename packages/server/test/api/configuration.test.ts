import { describe, expect, test } from '@jest/globals';

import { config, group, program, single } from '../support/config.ts';
import { waitFor } from '../support/wait-for.ts';
import { usual } from './support/scenarios.ts';
import { serve } from './support/served.ts';

interface Group {
  readonly name: string;
  readonly processes: readonly { name: string; environment: Record<string, string> }[];
}

describe('GET /config', () => {
  test('shows what is in force, and hides what is secret', async () => {
    const { ask } = await usual();
    const { json, text } = await ask('GET /config');
    const web = (json['groups'] as Group[]).find(({ name }) => name === 'web')?.processes[0];
    expect(web).toMatchObject({ name: 'web', environment: { API_KEY: '********', LANG: 'C' } });
    expect(Object.keys(json)).toEqual([
      'supervisord',
      'servers',
      'rpcinterfaces',
      'groups',
      'messages',
    ]);
    expect(text).not.toContain('"x"');
  });

  test('shows to those who may only look no value of any variable', async () => {
    const { ask } = await usual({ account: 'readonly' });
    expect((await ask('GET /config/web')).json).toMatchObject({
      command: '/bin/sh',
      environment: { API_KEY: '********', LANG: '********' },
    });
  });

  test('hides a secret in a command, also one that a variable holds', async () => {
    const environment = { DB_PASSWORD: 'hunter2' };
    const { ask } = await serve([
      single('web', { command: 'app --token abc --db hunter2', environment }),
    ]);
    expect((await ask('GET /config/web')).json['command']).toBe(
      'app --token ******** --db ********',
    );
  });

  test('hides a secret that a text has from a variable of the daemon', async () => {
    process.env['WEB_API_KEY'] = 'hunter2hunter2';
    try {
      const { ask } = await serve([single('web', { command: 'app hunter2hunter2' })]);
      expect((await ask('GET /config/web')).json).toMatchObject({ command: 'app ********' });
    } finally {
      delete process.env['WEB_API_KEY'];
    }
  });

  test('shows what was read last, if that is asked for', async () => {
    const { ask, supervisor } = await serve([single('web')]);
    supervisor.reread(config([single('next')]));
    const names = async (query: string): Promise<unknown> =>
      ((await ask(`GET /config${query}`)).json['groups'] as Group[]).map(({ name }) => name);
    expect(await names('')).toEqual(['web']);
    expect(await names('?of=latest')).toEqual(['next']);
  });
});

describe('POST /supervisor/reread', () => {
  test('tells how the configuration differs, and does nothing', async () => {
    const served = await serve([single('web'), single('old')]);
    served.next = config([single('web', { command: 'other' }), single('new')]);
    const { ask, supervisor } = served;
    expect(await ask('POST /supervisor/reread')).toMatchObject({ status: 200 });
    expect(supervisor.groups.map(({ name }) => name)).toEqual(['web', 'old']);
  });

  test('tells where the error is', async () => {
    const place = { file: '/etc/x.conf', line: 3, section: 'program:web', option: 'startsecs' };
    const error = Object.assign(new Error('no number: x'), { code: 'CONFIG', ...place });
    const { ask } = await serve([], {
      control: {
        loadConfig: () => {
          throw error;
        },
      },
    });
    expect((await ask('POST /supervisor/reread')).json).toMatchObject({
      status: 422,
      detail: 'CANT_REREAD: no number: x',
      fault: { code: 92, name: 'CANT_REREAD' },
      config: place,
    });
  });
});

describe('POST /supervisor/update', () => {
  const setUp = async (): ReturnType<typeof serve> => {
    const next = config([single('web', { command: 'other' }), single('new')]);
    return serve([single('web'), single('old')], { control: { loadConfig: () => next } });
  };

  test('brings the groups to the configuration, and tells what was done', async () => {
    const { ask, supervisor } = await setUp();
    expect((await ask('POST /supervisor/update')).json).toEqual({
      added: ['new'],
      changed: ['web'],
      removed: ['old'],
      failed: [],
    });
    expect(supervisor.groups.map(({ name }) => name)).toEqual(['web', 'new']);
  });

  test('can be about some groups only, and not be waited for', async () => {
    const { ask, supervisor } = await setUp();
    const answer = await ask('POST /supervisor/update?wait=false', { body: { groups: ['new'] } });
    expect(answer).toMatchObject({ status: 202, json: { accepted: ['new'] } });
    await waitFor('it to be added', () => supervisor.group('new') !== undefined);
    expect(supervisor.groups.map(({ name }) => name)).toEqual(['web', 'old', 'new']);
  });

  test('does nothing if one of the groups is in no configuration', async () => {
    const { ask, supervisor } = await setUp();
    const answer = await ask('POST /supervisor/update', { body: { groups: ['new', 'nwe', 'x'] } });
    expect(answer).toMatchObject({
      status: 404,
      json: { detail: 'BAD_NAME: nwe, x', fault: { name: 'BAD_NAME' } },
    });
    expect(supervisor.groups.map(({ name }) => name)).toEqual(['web', 'old']);
  });
});

describe('groups', () => {
  test('come and go', async () => {
    const { ask, supervisor } = await serve([group('g', [program('a'), program('b')])]);
    expect((await ask('DELETE /groups/g')).status).toBe(204);
    expect((await ask('GET /groups')).json).toEqual({ groups: [] });
    expect((await ask('GET /groups?all=true')).json).toMatchObject({
      groups: [{ name: 'g', isActive: false, processes: [] }],
    });
    expect(await ask('PUT /groups/g')).toMatchObject({ status: 201, json: { isActive: true } });
    expect(supervisor.find('g:*')).toHaveLength(2);
  });

  test('start, stop and are signalled together', async () => {
    const { ask } = await usual();
    const both = [
      { namespec: 'two:a', succeeded: true, fault: null },
      { namespec: 'two:b', succeeded: true, fault: null },
    ];
    expect((await ask('POST /groups/two/start')).json).toEqual({ outcomes: both });
    expect((await ask('POST /groups/two/start')).json).toEqual({ outcomes: [] });
    expect((await ask('POST /groups/two/signal?signal=HUP')).json).toEqual({ outcomes: both });
    expect((await ask('POST /groups/two/signal?signal=NO')).json).toMatchObject({
      outcomes: [
        { succeeded: false, fault: { code: 11, name: 'BAD_SIGNAL', detail: 'BAD_SIGNAL: NO' } },
        { succeeded: false },
      ],
    });
    const stopped = await ask('POST /groups/two/stop?wait=false');
    expect(stopped.json).toEqual({ accepted: ['two:a', 'two:b'] });
  });

  test('restart: all stop, then all start', async () => {
    const { ask, end, supervisor } = await usual();
    await ask('POST /groups/two/start');
    const answer = ask('POST /groups/two/restart');
    await waitFor('both to stop', () =>
      supervisor.find('two:*').every(({ state }) => state === 'STOPPING'),
    );
    end('two:a', 0);
    end('two:b', 0);
    expect((await answer).json['outcomes']).toHaveLength(2);
    expect(supervisor.find('two:*').map(({ state }) => state)).toEqual(['RUNNING', 'RUNNING']);
  });
});

test('an event of the client reaches those who listen', async () => {
  const { ask, supervisor } = await serve([]);
  const heard: unknown[] = [];
  supervisor.events.subscribe(['REMOTE_COMMUNICATION'], (event) => void heard.push(event));
  expect((await ask('POST /events/remote', { body: { type: 'k', data: 'd' } })).status).toBe(204);
  expect(heard).toEqual([{ type: 'REMOTE_COMMUNICATION', kind: 'k', data: 'd' }]);
});
