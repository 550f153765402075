import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * A daemon makes little garbage, and is to take little memory: the young generation stays as small
 * as it is, where node would let it grow to 48 MB, and the old one is collected when it has grown by
 * a third, not when it has doubled.
 *
 * The first has an option of its own (--max-semi-space-size), but with any flag that V8 was not
 * built with it refuses the code that node keeps of its own modules, and compiles each of them
 * anew: 14 ms of a start. So the flags are set at run time, and are away while modules load.
 */
const SMALL = ['--semi-space-growth-factor=1', '--optimize-for-size'];
/** The last one is set by --optimize-for-size as well. */
const AS_BUILT = [
  '--semi-space-growth-factor=2',
  '--no-optimize-for-size',
  '--max-semi-space-size=0',
];

export const keepHeapSmall = (): void => SMALL.forEach((flag) => setFlagsFromString(flag));

/** Loads modules of node's while the heap is kept small. */
export async function loading<T>(load: () => Promise<T>): Promise<T> {
  AS_BUILT.forEach((flag) => setFlagsFromString(flag));
  try {
    return await load();
  } finally {
    keepHeapSmall();
  }
}

/** Less garbage is not worth looking for. */
const WORTH_BYTES = 512 * 1024;
/** The young generation has two pages at least, of 256 KiB and their headers. */
const YOUNG_BYTES = 600 * 1024;
const COLLECTING = ['--expose-gc', '--compact-on-every-full-gc'];
const COLLECTED = ['--no-expose-gc', '--no-compact-on-every-full-gc'];
/** What was there when the garbage had been collected. */
let kept = 0;

/**
 * All at once, if much can have come together since the last time; for that the program stands still
 * for 10 to 30 ms each time. V8 itself collects what has grown old when a third has been added, and so
 * keeps megabytes of it in a daemon that has gone quiet; and leaves half empty pages as they are.
 *
 * @param times at most: V8 gives up a page of the young generation only if it finds it unused,
 *   which the first collection after much work does not
 * @returns whether it was done
 */
export function collectGarbage(times: number): boolean {
  const more = (time: number): boolean => time < times && isYoungLarge();
  if (getHeapStatistics().used_heap_size < kept + WORTH_BYTES && !more(1)) return false;
  COLLECTING.forEach((flag) => setFlagsFromString(flag));
  const collect = runInNewContext('gc') as () => void;
  let time = 0;
  do collect();
  while (more(++time));
  COLLECTED.forEach((flag) => setFlagsFromString(flag));
  kept = getHeapStatistics().used_heap_size;
  return true;
}

const isYoungLarge = (): boolean =>
  getHeapSpaceStatistics().some(
    ({ space_name: name, physical_space_size: bytes }) =>
      name === 'new_space' && bytes > YOUNG_BYTES,
  );
