import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { readListenerLedger } from './listener-ledger.ts';
import type { EventSeen, ListenerLedger } from './listener-ledger.ts';
import { judgePool } from './pool.ts';
import { judgeStates } from './states.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tv'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pool = { name: 'p', events: 'TICK', bufferSize: 1, processes: 1, habit: '' };
const event = (serial: number, poolserial = serial): EventSeen => ({
  serial,
  poolserial,
  name: 'TICK_5',
  data: '',
});

let count = 0;
const ledger = (...entries: readonly object[]): ListenerLedger => {
  const path = join(folder, String(count++));
  writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return readListenerLedger(path);
};

const judge = (ledgers: readonly ListenerLedger[], discarded: readonly number[] = []) => {
  const { delivered, lost, doubled, misplaced } = judgePool(pool, ledgers, new Set(discarded));
  return { delivered, lost, doubled, misplaced };
};

const fine = { delivered: 3, lost: 0, doubled: 0, misplaced: 0 };

test('a pool of which every number came once and in order is fine', () => {
  expect(judge([ledger(event(0), event(1), event(2))])).toEqual(fine);
  expect(judge([ledger(event(0), event(2)), ledger(event(1))])).toEqual(fine);
});

test('a number that nobody has seen is lost, unless it was said to be discarded', () => {
  expect(judge([ledger(event(0), event(1), event(3))])).toEqual({ ...fine, lost: 1 });
  expect(judge([ledger(event(0), event(1), event(3))], [2])).toEqual(fine);
  expect(judge([ledger(event(1), event(2), event(3))])).toEqual({ ...fine, lost: 1 });
});

test('an event comes again only if it was rejected, or its listener had ended', () => {
  const again = [event(0), event(1), event(1), event(2)];
  expect(judge([ledger(...again)])).toEqual({ ...fine, doubled: 1 });
  expect(judge([ledger(event(0), event(1), { start: 1 }, event(1), event(2))])).toEqual(fine);
  expect(judge([ledger(event(0), event(1), { rejected: 1 }, event(1), event(2))])).toEqual(fine);
  expect(judge([ledger(event(0), event(1)), ledger(event(1), event(2))])).toEqual({
    ...fine,
    doubled: 1,
  });
});

test('an earlier event after a later one is out of order', () => {
  expect(judge([ledger(event(1), event(0), event(2))])).toEqual({ ...fine, misplaced: 1 });
});

test('after a reload the numbers of a pool begin anew', () => {
  expect(judge([ledger(event(0), event(1), event(7, 0))])).toEqual(fine);
});

const state = (from: string, to: string, serial: number): EventSeen => ({
  serial,
  poolserial: serial,
  name: `PROCESS_STATE_${to}`,
  data: `processname:a groupname:g from_state:${from} pid:1`,
});

test('each state begins where the one before has ended', () => {
  const chain = [state('STOPPED', 'STARTING', 0), state('STARTING', 'RUNNING', 1)];
  expect(judgeStates([...chain, state('RUNNING', 'EXITED', 2)])).toEqual([]);
  expect(judgeStates([...chain, state('STOPPING', 'STOPPED', 2)])).toHaveLength(1);
  expect(judgeStates([...chain, state('RUNNING', 'STARTING', 2)])).toHaveLength(1);
  expect(judgeStates(chain.slice(1))).toHaveLength(1);
});
