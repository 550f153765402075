import { expect, test } from '@jest/globals';

import { newSeed, runCases } from './fuzzer.ts';
import type { Fuzzer } from './fuzzer.ts';

/** The same cases in each run, and a few that are new. */
const KNOWN = { seed: 1, count: 1000 };
const NEW = { count: 200 };
/** They take seconds, on a machine that does nothing else. */
const PATIENCE_MS = 120_000;

/** A test of what holds for all cases of a fuzzer. */
export function holdsForAll(claim: string, fuzzer: Fuzzer): void {
  const missing = fuzzer.missing?.();
  const run = missing === undefined ? test : test.skip;
  run(
    `${claim}${missing === undefined ? '' : ` (not looked at: ${missing})`}`,
    async () => {
      await expect(runCases(fuzzer, KNOWN.seed, KNOWN.count)).resolves.toBeUndefined();
      await expect(runCases(fuzzer, newSeed(), NEW.count)).resolves.toBeUndefined();
    },
    PATIENCE_MS,
  );
}
