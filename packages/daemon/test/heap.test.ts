import { expect, test } from '@jest/globals';

import { collectGarbage } from '../src/heap.ts';

test('what nobody holds is gone when garbage has been collected', async () => {
  const held = { name: 'held' };
  const refs = [new WeakRef(held), new WeakRef({ name: 'garbage' })];
  // A WeakRef holds its object until the job in which it was made is over.
  await new Promise(setImmediate);
  collectGarbage();
  expect(refs.map((ref) => ref.deref())).toEqual([{ name: 'held' }, undefined]);
  expect(held.name).toBe('held');
});
