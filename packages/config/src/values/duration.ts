import { BadValue } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import type { ValueType } from './type.ts';

const LONGEST_MS = 86_400_000;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, '': 1000, m: 60_000 };

/** A time in milliseconds, from `500ms`, `2s`, `1m`, or a number of seconds, which may have a fraction. */
export const duration: ValueType<number> = {
  name: 'time, as 500ms, 2s or 1m, at most a day',
  read(given) {
    const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(given.toLowerCase()) ?? [];
    const milliseconds = Number(digits) * (MILLISECONDS[unit] ?? NaN);
    // NaN is not within either.
    if (!(milliseconds <= LONGEST_MS)) {
      throw new BadValue(`not a time such as 500ms, 2s or 1m, at most a day: ${pythonRepr(given)}`);
    }
    return Math.round(milliseconds);
  },
  show: (milliseconds) => `${milliseconds}ms`,
};
