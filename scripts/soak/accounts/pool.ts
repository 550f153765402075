import type { Pool } from '../pools.ts';
import type { EventSeen, ListenerLedger } from './listener-ledger.ts';

export interface PoolVerdict {
  readonly delivered: number;
  /** Numbers of the pool that no listener of it has seen, but for those that are said to be discarded. */
  readonly lost: number;
  readonly doubled: number;
  readonly misplaced: number;
  readonly discarded: number;
  readonly examples: readonly string[];
}

/**
 * Whether the listeners of a pool have got all of its numbers, once. A reload makes a new pool, whose
 * numbers begin anew while the serials of the daemon go on.
 *
 * @param ledgers of each of its processes
 * @param discarded serials that the main log says the pool had no room for
 */
export function judgePool(
  { name }: Pool,
  ledgers: readonly ListenerLedger[],
  discarded: ReadonlySet<number>,
): PoolVerdict {
  const returned = new Set(ledgers.flatMap((ledger) => [...ledger.returned]));
  const misplaced = ledgers.flatMap(({ events }) => misplacedIn(events, returned));
  const all = ledgers
    .flatMap(({ events }) => events)
    .sort((one, other) => one.serial - other.serial);
  const once = all.filter(({ serial }, index) => all[index - 1]?.serial !== serial);
  const doubled = [
    ...ledgers.flatMap((ledger) => ledger.doubled),
    ...all
      .filter(({ serial }, index) => all[index - 1]?.serial === serial && !returned.has(serial))
      .map(({ serial }) => serial),
  ];
  const gaps = gapsIn(once, discarded);
  return {
    delivered: once.length,
    lost: gaps.reduce((sum, { missing }) => sum + missing, 0),
    doubled: doubled.length,
    misplaced: misplaced.length,
    discarded: discarded.size,
    examples: [
      ...doubled.map((serial) => `${name}: event ${serial} came twice`),
      ...misplaced.map(({ serial }) => `${name}: event ${serial} came after a later one`),
      ...gaps.map(
        ({ missing, before }) => `${name}: ${missing} are missing before event ${before}`,
      ),
    ],
  };
}

const misplacedIn = (events: readonly EventSeen[], returned: ReadonlySet<number>): EventSeen[] =>
  events.filter(({ serial }, index) => {
    const before = events[index - 1];
    return before !== undefined && before.serial > serial && !returned.has(serial);
  });

/** Numbers of a pool that nobody has seen, and that were not said to be discarded. */
function gapsIn(
  events: readonly EventSeen[],
  discarded: ReadonlySet<number>,
): { missing: number; before: number }[] {
  let expected = 0;
  return events.flatMap(({ serial, poolserial }, index) => {
    const before = events[index - 1];
    if (before !== undefined && poolserial < before.poolserial) expected = 0;
    const numbers = poolserial - expected;
    expected = poolserial + 1;
    if (numbers === 0) return [];
    const from = before?.serial ?? -1;
    const said = [...discarded].filter((one) => one > from && one < serial).length;
    return numbers > said ? [{ missing: numbers - said, before: serial }] : [];
  });
}
