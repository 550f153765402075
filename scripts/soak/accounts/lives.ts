import type { Life } from './ledger.ts';
import type { RecordFound, Records } from './records.ts';

/** What came of the output of a program, in records. */
export interface Verdict {
  readonly records: number;
  readonly lost: number;
  readonly doubled: number;
  readonly misplaced: number;
  readonly damaged: number;
  /** Missing at the end of a life that was cut off, where that is allowed. */
  readonly tail: number;
  readonly examples: readonly string[];
}

export interface Allowances {
  /** How often the log was emptied: each may have left a gap. */
  readonly clears?: number;
  /** Lives whose last records may be missing. */
  readonly cutOff?: ReadonlySet<number>;
}

/**
 * Compares what was found with what each life says that it has written: every record once, and in
 * order. Given a log of each channel, they have all of them together.
 */
export function compare(
  name: string,
  lives: readonly Life[],
  logs: readonly Records[],
  { clears = 0, cutOff = new Set() }: Allowances = {},
): Verdict {
  const order = new Map(lives.map(({ life }, index) => [life, index]));
  const seen = timesSeen(logs.flatMap(({ found }) => found));
  const misplaced = logs.flatMap(({ found }) => misplacedIn(found, order));
  const damaged = logs.flatMap((log) => log.damaged);
  const doubled = doubledIn(lives, seen);
  const missing = missingIn(lives, seen, cutOff);
  const isExplained = missing.gaps <= clears;
  return {
    records: [...seen.values()].reduce((sum, numbers) => sum + numbers.size, 0),
    lost: isExplained ? 0 : missing.records,
    doubled: doubled.length,
    misplaced: misplaced.length,
    damaged: damaged.length,
    tail: missing.tail,
    examples: [
      ...misplaced.map((what) => `${name}: ${what}`),
      ...doubled.map((what) => `${name}: ${what}`),
      ...(isExplained ? [] : missing.examples.map((what) => `${name}: ${what}`)),
      ...damaged.map(
        ({ after, text }) =>
          `${name}: damaged after ${after?.life} ${after?.number}: ${JSON.stringify(text)}`,
      ),
    ],
  };
}

type Seen = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** By life and number, how often. */
function timesSeen(found: readonly RecordFound[]): Seen {
  const seen = new Map<number, Map<number, number>>();
  for (const { life, number } of found) {
    const numbers = seen.get(life) ?? new Map<number, number>();
    seen.set(life, numbers.set(number, (numbers.get(number) ?? 0) + 1));
  }
  return seen;
}

function misplacedIn(found: readonly RecordFound[], order: ReadonlyMap<number, number>): string[] {
  const wrong: string[] = [];
  let before: RecordFound | undefined;
  for (const record of found) {
    if (before !== undefined) {
      const isAfter =
        record.life === before.life
          ? record.number > before.number
          : (order.get(record.life) ?? -1) > (order.get(before.life) ?? -1);
      if (!isAfter)
        wrong.push(`${record.life} ${record.number} after ${before.life} ${before.number}`);
    }
    before = record;
  }
  return wrong;
}

function doubledIn(lives: readonly Life[], seen: Seen): string[] {
  const known = new Map(lives.map((one) => [one.life, one]));
  return [...seen].flatMap(([life, numbers]) => {
    const said = known.get(life);
    return [...numbers].flatMap(([number, times]) => {
      if (times > 1) return [`${life} ${number} is there ${times} times`];
      const isExtra = said === undefined || (said.ended && number > said.written);
      return isExtra ? [`${life} ${number} was never written`] : [];
    });
  });
}

function missingIn(
  lives: readonly Life[],
  seen: Seen,
  cutOff: ReadonlySet<number>,
): { records: number; gaps: number; tail: number; examples: string[] } {
  const examples: string[] = [];
  let [records, gaps, tail] = [0, 0, 0];
  let isInGap = false;
  for (const { life, written } of lives) {
    const numbers = seen.get(life) ?? new Map<number, number>();
    const highest = [...numbers.keys()].reduce((most, number) => Math.max(most, number), 0);
    const before = records;
    for (let number = 1; number <= Math.max(written, highest); number++) {
      const isThere = numbers.has(number);
      if (!isThere && cutOff.has(life) && number > highest) {
        tail += 1;
        continue;
      }
      if (!isThere) records += 1;
      if (!isThere && !isInGap) gaps += 1;
      isInGap = !isThere;
    }
    if (records > before) {
      const count = records - before;
      examples.push(`${count} of ${life} are missing: it wrote ${written}, ${highest} is the last`);
    }
  }
  return { records, gaps, tail, examples };
}
