// How each status that the OpenAPI document promises comes about, against a real server.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SupervisorError } from '@tsvisor/core';

import type { Operation } from '../../../src/api/operation.ts';
import { channel, config, group, program, single } from '../../support/config.ts';
import { folder } from '../../support/folder.ts';
import { waitFor } from '../../support/wait-for.ts';
import { credentials, serve } from './served.ts';
import type { Answer, Asked, Served, ServedOptions } from './served.ts';

/** A daemon with something of everything, all of whose processes start at once. */
export async function usual(options: ServedOptions = {}): Promise<Served & { log: string }> {
  const place = folder();
  const log = join(place, 'web.log');
  const main = join(place, 'main.log');
  writeFileSync(log, '0123456789');
  writeFileSync(main, 'the main log');
  const file = { logfile: { to: 'file', path: log } } as const;
  const quick = { startSeconds: 0, stdout: channel(file) };
  const listeners = {
    type: 'eventlistener',
    name: 'ears',
    priority: 1,
    processes: [program('ear')],
    bufferSize: 10,
    events: ['TICK_5'],
    resultHandler: 'supervisor.dispatchers:default_handler',
    recoversListeners: false,
  } as const;
  const served = await serve(
    [
      listeners,
      single('web', { ...quick, environment: { API_KEY: 'x', LANG: 'C' } }),
      single('slow'),
      single('gone', { ...quick, command: '/nonexistent/program' }),
      single('folder', { command: '/tmp' }),
      single('unreadable', { stdout: channel({ logfile: { to: 'file', path: place } }) }),
      group('two', [program('a', quick), program('b', quick)]),
    ],
    {
      ...options,
      control: {
        mainLog: { path: main, clear: () => writeFileSync(main, ''), subscribe: () => () => {} },
        ...options.control,
      },
    },
  );
  return { ...served, log };
}

type Ready = Awaited<ReturnType<typeof usual>>;
type Scenario = (served: Ready) => Promise<Answer> | Answer;

const start = (served: Ready, name: string): void => {
  for (const process of served.supervisor.find(name)) process.beginStart();
  served.clock.advance(1000);
};

/** A path of the table with what the usual daemon has. */
export function pathFor(path: string, names: Record<string, string> = {}): string {
  const known: Record<string, string> = {
    process: 'web',
    group: 'two',
    channel: 'stdout',
    ...names,
  };
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(known[name] ?? ''),
  );
}

/** A body that the operation takes. */
export function bodyFor(operation: Operation): unknown {
  if (operation.method === 'GET') return undefined;
  const fields = { ...operation.either, ...operation.body };
  const given = Object.entries(fields).filter(([, { isRequired }]) => isRequired);
  const values: Record<string, unknown> = { signal: 'HUP', data: 'text', type: 'kind' };
  return Object.fromEntries(given.map(([name]) => [name, values[name]]));
}

const unreadable = (): never => {
  const place = { file: '/etc/x.conf', line: 3, section: 'program:web', option: 'startsecs' };
  throw Object.assign(new Error('invalid literal for int(): x'), { code: 'CONFIG', ...place });
};

/** When the operation's own faults come, by `operation status`. */
const own: Record<string, Scenario> = {
  'startProcess 202': ({ ask }) => ask('POST /processes/slow/start?wait=false'),
  'startProcess 404': ({ ask }) => ask('POST /processes/gone/start'),
  'startProcess 409'(served) {
    start(served, 'web');
    return served.ask('POST /processes/web/start');
  },
  'startProcess 500': ({ ask }) => ask('POST /processes/folder/start'),
  async 'stopProcess 200'(served) {
    start(served, 'web');
    const answer = served.ask('POST /processes/web/stop');
    await waitFor('it to stop', () => served.supervisor.find('web')[0]?.state === 'STOPPING');
    served.end('web', 0);
    return answer;
  },
  'stopProcess 202'(served) {
    start(served, 'web');
    return served.ask('POST /processes/web/stop?wait=false');
  },
  'stopProcess 409': ({ ask }) => ask('POST /processes/web/stop'),
  'stopProcess 500'(served) {
    start(served, 'web');
    served.kernel.killErrors.set(served.kernel.child().pid, 'EPERM');
    return served.ask('POST /processes/web/stop');
  },
  'restartProcess 202': ({ ask }) => ask('POST /processes/web/restart?wait=false'),
  'restartProcess 404': ({ ask }) => ask('POST /processes/gone/restart'),
  'restartProcess 500': ({ ask }) => ask('POST /processes/folder/restart'),
  'signalProcess 200'(served) {
    start(served, 'web');
    return served.ask('POST /processes/web/signal?signal=HUP');
  },
  'signalProcess 409': ({ ask }) => ask('POST /processes/web/signal?signal=HUP'),
  'signalProcess 500'(served) {
    start(served, 'web');
    served.kernel.killErrors.set(served.kernel.child().pid, 'EPERM');
    return served.ask('POST /processes/web/signal?signal=HUP');
  },
  'writeProcessStdin 204'(served) {
    start(served, 'web');
    return served.ask('POST /processes/web/stdin', { body: { data: 'x' } });
  },
  'writeProcessStdin 409': ({ ask }) => ask('POST /processes/web/stdin', { body: { data: 'x' } }),
  'clearProcessLogs 500'(served) {
    start(served, 'web');
    // What stands in the place of the log cannot be unlinked.
    turnIntoFolder(served.log);
    return served.ask('POST /processes/web/clear-logs');
  },
  async 'addGroup 201'({ ask, supervisor }) {
    supervisor.removeGroup('two');
    return ask('PUT /groups/two');
  },
  'addGroup 409': ({ ask }) => ask('PUT /groups/two'),
  async 'addGroup 500'(served) {
    const socket = {
      family: 'unix',
      path: '/nonexistent/s',
      owner: null,
      mode: 448,
      backlog: null,
    };
    const fcgi = { ...group('fcgi', [program('f')]), type: 'fcgi-program', socket } as never;
    served.supervisor.reread(config([fcgi]));
    served.kernel.listenErrors.push('EACCES');
    return served.ask('PUT /groups/fcgi');
  },
  'removeGroup 409'(served) {
    start(served, 'two:a');
    return served.ask('DELETE /groups/two');
  },
  'startGroup 202': ({ ask }) => ask('POST /groups/two/start?wait=false'),
  'stopGroup 202': ({ ask }) => ask('POST /groups/two/stop?wait=false'),
  'restartGroup 202': ({ ask }) => ask('POST /groups/two/restart?wait=false'),
  async 'startAll 200'(served) {
    const answer = served.ask('POST /supervisor/start-all');
    await waitFor('it to start', () => served.supervisor.find('slow')[0]?.state === 'STARTING');
    served.clock.advance(1000);
    return answer;
  },
  'startAll 202': ({ ask }) => ask('POST /supervisor/start-all?wait=false'),
  'stopAll 202': ({ ask }) => ask('POST /supervisor/stop-all?wait=false'),
  'restartAll 200': async (served) => {
    const answer = served.ask('POST /supervisor/restart-all');
    await waitFor('it to start', () => served.supervisor.find('slow')[0]?.state === 'STARTING');
    served.clock.advance(1000);
    return answer;
  },
  'restartAll 202': ({ ask }) => ask('POST /supervisor/restart-all?wait=false'),
  'readProcessLog 206': ({ ask }) =>
    ask('GET /processes/web/logs/stdout', { headers: { range: 'bytes=2-4' } }),
  'readProcessLog 416': ({ ask }) =>
    ask('GET /processes/web/logs/stdout', { headers: { range: 'bytes=10-' } }),
  'readProcessLog 500': ({ ask }) => ask('GET /processes/unreadable/logs/stdout'),
  'readMainLog 206': ({ ask }) => ask('GET /supervisor/log', { headers: { range: 'bytes=2-4' } }),
  'readMainLog 404': async () => (await usual({ control: noLog })).ask('GET /supervisor/log'),
  'readMainLog 416': ({ ask }) => ask('GET /supervisor/log', { headers: { range: 'bytes=99-' } }),
  'readMainLog 500': async () => (await usual({ control: logIsFolder })).ask('GET /supervisor/log'),
  'clearMainLog 404': async () => (await usual({ control: noLog })).ask('DELETE /supervisor/log'),
  'clearMainLog 500': async () =>
    (await usual({ control: logIsFolder })).ask('DELETE /supervisor/log'),
  'reread 422': async () =>
    (await usual({ control: { loadConfig: unreadable } })).ask('POST /supervisor/reread'),
  'update 202': ({ ask }) => ask('POST /supervisor/update?wait=false'),
  'update 404': ({ ask }) => ask('POST /supervisor/update', { body: { groups: ['none'] } }),
  'update 422': async () =>
    (await usual({ control: { loadConfig: unreadable } })).ask('POST /supervisor/update'),
};

const failing = (code: 'NO_FILE' | 'FAILED') => (): never => {
  throw new SupervisorError(code, '');
};

const noLog = {
  mainLog: { path: null, clear: failing('NO_FILE'), subscribe: () => () => {} },
};

const logIsFolder = {
  mainLog: { path: '/', clear: failing('FAILED'), subscribe: () => () => {} },
};

function turnIntoFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

/** What any operation answers with, by status. */
function common(operation: Operation, status: number): (() => Promise<Answer>) | undefined {
  const { method, path } = operation;
  const what = `${method} ${pathFor(path)}`;
  const body = bodyFor(operation);
  const asked = async (options: ServedOptions, more: Asked = {}): Promise<Answer> =>
    (await usual(options)).ask(what, { body, ...more });
  switch (status) {
    case 200:
    case 201:
    case 202:
    case 204:
      return () => asked({});
    case 400:
      return async () => (await usual()).ask(`${what}?unknown=1`, { body });
    case 401:
      return () => asked({ account: 'full' }, { headers: { authorization: credentials.none } });
    case 403:
      return operation.changes
        ? () => asked({ account: 'readonly' })
        : () => asked({}, { headers: { origin: 'http://elsewhere.example' } });
    case 404:
      return async () =>
        (await usual()).ask(`${method} ${pathFor(path, { process: 'none', group: 'none' })}`, {
          body,
        });
    case 411:
      return () => asked({}, { body: {}, inChunks: true });
    case 413:
      return () => asked({}, { body: { data: 'x'.repeat(5000) } });
    case 415:
      return () => asked({}, { headers: { 'content-type': 'text/plain' } });
    case 503:
      return async () => {
        const served = await usual();
        void served.supervisor.shutdown();
        return served.ask(what, { body });
      };
    default:
      return undefined;
  }
}

/** Makes a server answer an operation with a status. @throws {Error} if nothing is known that does */
export async function answerWith(operation: Operation, status: number): Promise<Answer> {
  const special = own[`${operation.id} ${status}`];
  if (special !== undefined) return special(await usual());
  const scenario = common(operation, status);
  if (scenario === undefined) throw new Error(`nothing makes ${operation.id} answer ${status}`);
  return scenario();
}
