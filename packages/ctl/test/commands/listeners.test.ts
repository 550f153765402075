import { expect, test } from '@jest/globals';

import type { ListenerInfo } from '@tsvisor/rpc';

import { runLine } from '../../src/dispatch.ts';
import { makeSession, processInfo, run } from '../fake.ts';

const listener = (shown: string, more: Partial<ListenerInfo> = {}): ListenerInfo => {
  const [group = '', name = group] = shown.split(':');
  const pool = { buffered: 0, buffer_size: 10, discarded: 0 };
  return { group, name, listenerstate: 'READY', ...pool, ...more };
};

const replies = (...listeners: readonly ListenerInfo[]) => ({
  getAllProcessInfo: [
    processInfo('mail', 'RUNNING'),
    processInfo('pool:a', 'RUNNING'),
    processInfo('pool:b', 'RUNNING'),
    processInfo('web', 'RUNNING'),
  ],
  'tsvisor.getListenerInfo': listeners,
});

const ready = [listener('mail'), listener('pool:a'), listener('pool:b')];
const deaf = [
  listener('mail', { listenerstate: 'UNKNOWN', discarded: 1 }),
  listener('pool:a', { listenerstate: 'UNKNOWN', discarded: 7, buffered: 10 }),
  listener('pool:b', { discarded: 7, buffered: 10 }),
];

/** What a command prints on a terminal, without the lines of the table. */
async function belowTable(line: string, given: Readonly<Record<string, unknown>>) {
  const { session, output } = makeSession({ replies: given });
  output.isTerminal = true;
  await runLine(session, line);
  return output.text.split('\n').filter((one) => one !== '' && !/ RUNNING +pid /.test(one));
}

test('on a terminal, status says which listeners get no events, and what was dropped', async () => {
  expect(await belowTable('status', replies(...deaf))).toEqual([
    'mail: has violated the event listener protocol and gets no events until it is restarted',
    'pool:a: has violated the event listener protocol and gets no events until it is restarted',
    'mail: 1 event was discarded, as more than buffer_size=10 waited',
    'pool: 7 events were discarded, as more than buffer_size=10 waited',
  ]);
});

test('only of those that it shows', async () => {
  expect(await belowTable('status web pool:b', replies(...deaf))).toEqual([
    'pool: 7 events were discarded, as more than buffer_size=10 waited',
  ]);
});

test('and nothing of those that are well', async () => {
  expect(await belowTable('status', replies(...ready))).toEqual([]);
});

test('of the listeners of supervisord nothing is said', async () => {
  const { 'tsvisor.getListenerInfo': _unknown, ...asSupervisord } = replies();
  expect(await belowTable('status', asSupervisord)).toEqual([]);
  const { out } = await run('status --json mail', { replies: asSupervisord });
  expect(JSON.parse(out)).toMatchObject({ processes: [{ name: 'mail', listener: null }] });
});

test('where scripts read it, the table is all, and nothing more is asked', async () => {
  const { out, calls } = await run('status', { replies: replies(...deaf) });
  expect(out.split('\n')).toHaveLength(5);
  expect(calls).toEqual(['getVersion()', 'getAllProcessInfo()']);
});

test('status --json tells how each listener stands', async () => {
  const { out } = await run('status --json pool:a web', { replies: replies(...deaf) });
  expect(JSON.parse(out)).toMatchObject({
    processes: [
      {
        name: 'pool:a',
        listener: { state: 'UNKNOWN', buffered: 10, bufferSize: 10, discarded: 7 },
      },
      { name: 'web', listener: null },
    ],
  });
});
