import { expect, test } from '@jest/globals';

import { FakeMember, PoolSetup, say } from './pool-setup.ts';

const EVENTS = 100_000;
const expected = Array.from({ length: EVENTS }, (_, n) => String(n));

/** Milliseconds of processor time: what others do on the machine does not count. */
function costOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function deliver(count: number): FakeMember {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { bufferSize: count });
  for (let n = 0; n < count; n++) setup.emit(String(n));
  say(pool, a, 'READY\n');
  while (setup.turn() > 0) say(pool, a, 'RESULT 2\nOKREADY\n');
  expect([pool.buffered, pool.discarded]).toEqual([0, 0]);
  return a;
}

test('a hundred thousand buffered events arrive once each and in order, at the same cost each', () => {
  deliver(1000);
  const few = costOf(() => deliver(EVENTS / 10));
  let listener: FakeMember | undefined;
  const many = costOf(() => (listener = deliver(EVENTS)));
  expect(listener?.groups).toEqual(expected);
  // Ten times the events: quadratic work would cost a hundred times as much.
  expect(many).toBeLessThan(few * 40);
});

test('a hundred thousand events are shared by a pool, and rejected ones come until they are taken', () => {
  const setup = new PoolSetup();
  const members = ['a', 'b', 'c'].map((name) => new FakeMember(name));
  const pool = setup.pool(members, { bufferSize: EVENTS });
  for (const member of members) say(pool, member, 'READY\n');
  setup.emit(...expected);
  const processed: string[] = [];
  const answered = new Map(members.map((member) => [member, 0]));
  let answers = 0;
  while (setup.turn() > 0) {
    for (const member of members) {
      const done = answered.get(member) ?? 0;
      const text = member.sent[done];
      if (text === undefined) continue;
      answered.set(member, done + 1);
      const accepts = answers++ % 7 !== 3;
      if (accepts) processed.push(/groupname:(.*)\n/.exec(text)?.[1] ?? '');
      say(pool, member, accepts ? 'RESULT 2\nOKREADY\n' : 'RESULT 4\nFAILREADY\n');
    }
  }
  expect(processed).toHaveLength(EVENTS);
  expect(processed.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected);
});
