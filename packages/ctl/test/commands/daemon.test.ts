import { expect, test } from '@jest/globals';

import { HttpStatusError } from '../../src/errors.ts';
import { fault, processInfo, run, systemError, type Replies } from '../fake.ts';

const config = {
  name: 'a',
  group: 'g',
  inuse: true,
  autostart: false,
  group_prio: 999,
  process_prio: 1,
};
const shuttingDown = fault(6, 'SHUTDOWN_STATE');
const genericFault =
  "error: <class 'xmlrpc.client.Fault'>, <Fault 6: 'SHUTDOWN_STATE'>: file: tsvctl line: 0\n";

const rows: readonly (readonly [line: string, replies: Replies, out: string, status: number])[] = [
  ['version', { getSupervisorVersion: '4.2.5' }, '4.2.5\n', 0],
  ['pid', { getPID: 7 }, '7\n', 0],
  ['pid a', { getProcessInfo: processInfo('a', 'RUNNING') }, '42\n', 0],
  ['pid a', { getProcessInfo: processInfo('a', 'STOPPED') }, '0\n', 7],
  ['pid a', { getProcessInfo: fault(10, 'BAD_NAME: a') }, 'No such process a\n', 1],
  [
    'pid all',
    { getAllProcessInfo: [processInfo('a', 'STOPPED'), processInfo('b', 'RUNNING')] },
    '0\n42\n',
    0,
  ],
  [
    'avail',
    { getAllConfigInfo: [config, { ...config, group: 'a', inuse: false, autostart: true }] },
    `${'g:a'.padEnd(32)} in use    manual    999:1\n${'a'.padEnd(32)} avail     auto      999:1\n`,
    0,
  ],
  ['avail', { getAllConfigInfo: shuttingDown }, 'ERROR: supervisor shutting down\n', 1],
  [
    'avail',
    { getAllConfigInfo: new HttpStatusError(500, 'Internal Server Error') },
    "error: <class 'xmlrpc.client.ProtocolError'>, <ProtocolError for 127.0.0.1/RPC2: 500 Internal Server Error>: file: tsvctl line: 0\n",
    1,
  ],
  ['add', {}, '', 0],
  ['add a', { addProcessGroup: true }, 'a: added process group\n', 0],
  ['add a', { addProcessGroup: fault(90, 'x') }, 'ERROR: process group already active\n', 0],
  ['add a', { addProcessGroup: fault(10, 'x') }, 'ERROR: no such process/group: a\n', 1],
  ['add a', { addProcessGroup: shuttingDown }, 'ERROR: shutting down\n', 1],
  ['remove', {}, '', 0],
  ['remove a', { removeProcessGroup: true }, 'a: removed process group\n', 0],
  [
    'remove a',
    { removeProcessGroup: fault(91, 'x') },
    'ERROR: process/group still running: a\n',
    1,
  ],
  ['remove a', { removeProcessGroup: fault(10, 'x') }, 'ERROR: no such process/group: a\n', 1],
  ['remove a b', { removeProcessGroup: shuttingDown }, genericFault, 1],
  [
    'reread',
    { reloadConfig: [[['z', 'b'], ['m'], ['a']]] },
    'a: disappeared\nb: available\nm: changed\nz: available\n',
    0,
  ],
  ['reread', { reloadConfig: [[[], [], []]] }, 'No config updates to processes\n', 0],
  ['reread', { reloadConfig: shuttingDown }, 'ERROR: supervisor shutting down\n', 1],
  ['reread', { reloadConfig: fault(92, 'CANT_REREAD: bad') }, 'ERROR: CANT_REREAD: bad\n', 1],
  ['update', { reloadConfig: [[[], [], []]] }, '', 0],
  ['update', { reloadConfig: shuttingDown }, 'ERROR: already shutting down\n', 1],
  [
    'update',
    { reloadConfig: fault(92, 'CANT_REREAD: bad') },
    "error: <class 'xmlrpc.client.Fault'>, <Fault 92: 'CANT_REREAD: bad'>: file: tsvctl line: 0\n",
    1,
  ],
  ['reload', { restart: true }, 'Restarted supervisord\n', 0],
  ['reload', { restart: shuttingDown }, 'ERROR: already shutting down\n', 1],
  ['shutdown', { shutdown: true }, 'Shut down\n', 0],
  ['shutdown', { shutdown: shuttingDown }, 'ERROR: already shutting down\n', 0],
  [
    'shutdown',
    { shutdown: systemError('ECONNREFUSED') },
    'ERROR: http://localhost:9001 refused connection (already shut down?)\n',
    1,
  ],
  [
    'shutdown',
    { shutdown: systemError('ENOENT') },
    'ERROR: http://localhost:9001 no such file (already shut down?)\n',
    1,
  ],
  ['open bogus', {}, 'ERROR: url must be http:// or unix://\n', 1],
  ['quit', {}, '\n', 0],
  ['exit now', {}, '\n', 0],
  ['EOF', {}, '\n', 0],
];

test.each(rows)('%s', async (line, replies, out, status) => {
  expect(await run(line, { replies })).toMatchObject({ out, err: '', status });
});

test.each(['version', 'avail', 'reread', 'shutdown', 'reload'])(
  '%s takes no arguments',
  async (action) => {
    const { out, status, calls } = await run(`${action} x`);
    expect(out).toMatch(new RegExp(`^Error: ${action} accepts no arguments\n${action}\\s`));
    expect(status).toBe(1);
    expect(calls).toEqual([]);
  },
);

test('update removes, then replaces, then adds', async () => {
  const { out, calls, status } = await run('update', {
    replies: {
      reloadConfig: [[['new'], ['other'], ['gone']]],
      stopProcessGroup: [],
      removeProcessGroup: true,
      addProcessGroup: true,
    },
  });
  expect(out).toBe(
    'gone: stopped\ngone: removed process group\n' +
      'other: stopped\nother: updated process group\nnew: added process group\n',
  );
  expect(calls).toEqual([
    'reloadConfig()',
    'stopProcessGroup("gone")',
    'removeProcessGroup("gone")',
    'stopProcessGroup("other")',
    'removeProcessGroup("other")',
    'addProcessGroup("other")',
    'addProcessGroup("new")',
  ]);
  expect(status).toBe(0);
});

test('update keeps a removed group that cannot be stopped', async () => {
  const { out, status } = await run('update', {
    replies: {
      reloadConfig: [[[], [], ['gone']]],
      stopProcessGroup: [{ name: 'gone', group: 'gone', status: 30, description: 'FAILED' }],
    },
  });
  expect(out).toBe('gone: stopped\ngone: has problems; not removing\n');
  expect(status).toBe(1);
});

test('update with names leaves other groups alone, and names what no group has', async () => {
  const { out, status, calls } = await run('update new nosuch', {
    replies: {
      reloadConfig: [[['new'], ['other'], []]],
      getAllProcessInfo: [processInfo('other', 'RUNNING')],
      addProcessGroup: true,
    },
  });
  expect(out).toBe('ERROR: no such group: nosuch\nnew: added process group\n');
  expect(status).toBe(1);
  expect(calls).toContain('addProcessGroup("new")');
});

test('reload and shutdown ask first where there is a user, and only y means yes', async () => {
  const asked = await run('shutdown', { isInteractive: true, input: ['n'] });
  expect(asked.out).toBe('Really shut the remote supervisord process down y/N? ');
  expect(asked.calls).toEqual([]);
  const replies = { restart: true };
  const sure = await run('reload', { isInteractive: true, input: ['Yes'], replies });
  expect(sure.out).toBe(
    'Really restart the remote supervisord process y/N? Restarted supervisord\n',
  );
});

test('open shows the status of the other daemon and keeps the exit status', async () => {
  const replies = { getAllProcessInfo: [processInfo('a', 'STOPPED')] };
  const { out, status } = await run('open unix:///elsewhere.sock', { replies });
  expect(out).toBe(`${'a'.padEnd(33)}STOPPED   Not started\n`);
  expect(status).toBe(0);
});

test('an API version other than 3.0 is refused', async () => {
  const { out, status } = await run('version', { replies: { getVersion: '4.0' } });
  expect(out).toBe(
    'Sorry, this version of supervisorctl expects to talk to a server with API version 3.0, but the remote version is 4.0.\n',
  );
  expect(status).toBe(5);
});

test('a daemon without the supervisor namespace is recognised', async () => {
  const { out, status } = await run('version', { replies: { getVersion: fault(1, 'x') } });
  expect(out).toMatch(
    /^Sorry, supervisord responded .* it\. {2}Please check .*\(see sample\.conf\)\.\n$/,
  );
  expect(status).toBe(3);
});

test.each([
  ['pid --json', { getPID: 7 }, { version: 1, supervisor: 7 }],
  ['version --json', { getSupervisorVersion: '4.2.5' }, { version: 1, supervisor: '4.2.5' }],
  [
    'pid --json a',
    { getProcessInfo: processInfo('a', 'STOPPED') },
    { version: 1, processes: [{ name: 'a', pid: null }], errors: [] },
  ],
  [
    'pid all --json',
    { getAllProcessInfo: [processInfo('g:a', 'RUNNING')] },
    { version: 1, processes: [{ name: 'g:a', pid: 42 }], errors: [] },
  ],
  [
    'reread --json',
    { reloadConfig: [[['a'], [], ['b']]] },
    { version: 1, available: ['a'], changed: [], disappeared: ['b'] },
  ],
  [
    'avail --json',
    { getAllConfigInfo: [config] },
    {
      version: 1,
      programs: [
        {
          name: 'g:a',
          group: 'g',
          process: 'a',
          inUse: true,
          autostart: false,
          groupPriority: 999,
          processPriority: 1,
        },
      ],
    },
  ],
])('%s prints one document', async (line, replies, document) => {
  expect(JSON.parse((await run(line, { replies })).out)).toEqual(document);
});
