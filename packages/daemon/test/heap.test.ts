import { expect, test } from '@jest/globals';

import { collectGarbage } from '../src/heap.ts';

/** What nobody holds, and what somebody does. */
async function refs(): Promise<{ held: object; isThere: () => boolean[] }> {
  const held = {};
  const all = [new WeakRef(held), new WeakRef({})];
  // A WeakRef holds its object until the job in which it was made is over.
  await new Promise(setImmediate);
  return { held, isThere: () => all.map((ref) => ref.deref() !== undefined) };
}

test('garbage is collected, if enough can have come together since the last time', async () => {
  collectGarbage(1);
  const { held, isThere } = await refs();
  expect(collectGarbage(1)).toBe(false);
  expect(isThere()).toEqual([true, true]);
  let much: unknown[] = Array.from({ length: 20_000 }, () => ({ garbage: Math.random() }));
  expect(much).toHaveLength(20_000);
  much = [];
  await new Promise(setImmediate);
  expect(collectGarbage(1)).toBe(true);
  expect(isThere()).toEqual([true, false]);
  expect(held).toEqual({});
});
