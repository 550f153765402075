import type { Random } from '../../fuzz/random.ts';
import type { Leaving } from './wire.ts';

/** One client that misbehaves. */
export interface Attempt {
  /** What it says, a moment between the pieces. */
  readonly pieces: readonly Buffer[];
  /** Left out: half-closes, and hears the answers. */
  readonly leaving?: Leaving;
  /**
   * What must come back, as `answersIn` and `named` tell it: `400`, `fault 1`, `200 200 400`.
   * Undefined: nobody can know; what comes must be HTTP, and no error of the server's own.
   */
  readonly expected?: string | RegExp | undefined;
}

/** A way of misbehaving. */
export interface Kind {
  readonly name: string;
  /** Speaks to the server that asks for a password. */
  readonly guarded?: true;
  attempt(random: Random): Attempt;
}

/** One request in one piece, and the one answer to it. */
export const asked = (request: Buffer, expected?: string | RegExp): Attempt => ({
  pieces: [request],
  expected,
});
