import { expect, test } from '@jest/globals';

import { holdsFromSeed } from './hold.ts';

const STEPS = 1000;
const today = Math.floor(Math.random() * 2 ** 32);

test.each([1, 2, 3, 4, 5])('whatever happens, in an order of seed %d, it holds', async (seed) => {
  await expect(holdsFromSeed(seed, STEPS)).resolves.toBeUndefined();
});

test(`whatever happens, in an order of today's seed ${today}, it holds`, async () => {
  await expect(holdsFromSeed(today, STEPS)).resolves.toBeUndefined();
});
