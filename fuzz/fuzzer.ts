import { Random } from './random.ts';

/** Makes cases from random numbers and looks at what comes of each. */
export interface Fuzzer {
  /** As `pnpm nightly NAME` has it. */
  readonly name: string;
  /** Why it cannot be run on this machine; undefined: it can. */
  missing?(): string | undefined;
  open(): Cases | Promise<Cases>;
}

export interface Cases {
  /** @throws {Error} that shows the case, if something is wrong */
  one(random: Random): void | Promise<void>;
  close?(): void | Promise<void>;
}

export class CaseFailed extends Error {
  override readonly name = 'CaseFailed';
}

/**
 * Looks at `count` cases. Each has a seed of its own, the first one `seed`, so that each can be had again alone.
 *
 * @throws {CaseFailed} that says how
 */
export async function runCases(fuzzer: Fuzzer, seed: number, count: number): Promise<void> {
  const cases = await fuzzer.open();
  try {
    for (let n = seed; n < seed + count; n++) {
      try {
        await cases.one(new Random(n));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        const again = `again by: pnpm nightly ${fuzzer.name} --seed ${n} --cases 1`;
        throw new CaseFailed(`${fuzzer.name}: the case of seed ${n} fails, ${again}\n${why}`, {
          cause,
        });
      }
    }
  } finally {
    await cases.close?.();
  }
}

/** Where cases begin that nobody has looked at yet. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);
