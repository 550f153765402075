import { getHeapStatistics, setFlagsFromString } from 'node:v8';
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
/** What was there when the garbage had been collected. */
let kept = 0;

/**
 * All at once, if much can have come together since the last time; for that the program stands still
 * for 10 to 30 ms. V8 itself collects what has grown old when a third has been added, and so keeps
 * megabytes of it in a daemon that has gone quiet.
 *
 * @returns whether it was done
 */
export function collectGarbage(): boolean {
  if (getHeapStatistics().used_heap_size < kept + WORTH_BYTES) return false;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
  kept = getHeapStatistics().used_heap_size;
  return true;
}
