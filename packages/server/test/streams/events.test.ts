import { expect, test } from '@jest/globals';

import { EventBus } from '@tsvisor/core';

import type { EndlessReply, Request } from '../../src/http/message.ts';
import { eventStream } from '../../src/streams/events.ts';

const get = (query = '', method = 'GET'): Request => ({ method, query }) as Request;

function open(query = '') {
  const events = new EventBus(() => undefined);
  const heard = { lines: [] as Record<string, unknown>[], isFull: false, drain: () => {} };
  const reply = eventStream(get(query), { events }) as EndlessReply;
  const stop = reply.stream({
    write(chunk) {
      const lines = chunk.toString().split('\n').slice(0, -1);
      heard.lines.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
      return !heard.isFull;
    },
    drained: (run) => (heard.drain = run),
    end: () => undefined,
  });
  return { events, heard, stop };
}

const started = {
  type: 'PROCESS_STATE_STARTING',
  process: { name: 'web', group: 'g' },
  from: 'STOPPED',
  tries: 0,
} as const;

test('an event is told as an object a line, with the payload that listeners get', () => {
  const { events, heard, stop } = open();
  events.emit(started);
  expect(heard.lines).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'PROCESS_STATE_STARTING',
      process: 'web',
      group: 'g',
      payload: 'processname:web groupname:g from_state:STOPPED tries:0',
    },
  ]);
  stop();
  events.emit(started);
  expect(heard.lines).toHaveLength(1);
});

test('an event of a whole group names it, and no process', () => {
  const { events, heard } = open();
  events.emit({ type: 'PROCESS_GROUP_ADDED', group: 'g' });
  events.emit({ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' });
  expect(heard.lines).toEqual([
    {
      time: expect.any(String),
      event: 'PROCESS_GROUP_ADDED',
      group: 'g',
      payload: 'groupname:g\n',
    },
    { time: expect.any(String), event: 'SUPERVISOR_STATE_CHANGE_RUNNING', payload: '' },
  ]);
});

test('ticks are told only to who asks for them', () => {
  const usual = open();
  expect(usual.events.wants('TICK_5')).toBe(false);
  const { events, heard } = open('names=tick,process_group');
  events.emit({ type: 'TICK_5', when: 5 });
  events.emit(started);
  expect(heard.lines.map(({ event }) => event)).toEqual(['TICK_5']);
});

test('who reads too slowly costs bounded memory, and is told what it has missed', () => {
  const { events, heard } = open();
  heard.isFull = true;
  for (let n = 0; n < 1500; n++) events.emit(started);
  expect(heard.lines).toHaveLength(1);
  heard.isFull = false;
  heard.drain();
  expect(heard.lines).toHaveLength(1 + 1000 + 1);
  expect(heard.lines.at(-1)).toEqual({ missed: 499 });
  events.emit(started);
  expect(heard.lines.at(-1)).toMatchObject({ event: 'PROCESS_STATE_STARTING' });
});

test('a name that is no event, and a method that is not GET, are refused', () => {
  const events = new EventBus(() => undefined);
  for (const request of [get('names=BOGUS'), get('', 'POST')]) {
    expect(() => eventStream(request, { events })).toThrow('Bad Request');
  }
});

test('long lines fill what is kept for a slow reader sooner', () => {
  const { events, heard } = open('names=PROCESS_LOG');
  heard.isFull = true;
  const data = Buffer.alloc(64 * 1024, 'x');
  const process = { name: 'web', group: 'web' };
  for (let count = 0; count < 20; count++)
    events.emit({ type: 'PROCESS_LOG_STDOUT', process, pid: 7, channel: 'stdout', data });
  heard.isFull = false;
  heard.drain();
  // The one that told us, and those that there was room for.
  expect(heard.lines).toHaveLength(1 + 7 + 1);
  expect(heard.lines.at(-1)).toEqual({ missed: 12 });
});
