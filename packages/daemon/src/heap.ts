import { setFlagsFromString } from 'node:v8';

// The option --max-semi-space-size would do it from the start, but with any flag that V8 was not
// built with it refuses the code that node keeps of its own modules, and compiles each of them
// anew: 14 ms of a start. So the flag is away while modules load.
const setGrowth = (factor: number): void =>
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);

const STAYS_SMALL = 1;
const AS_BUILT = 2;

/** Keeps the young generation as small as it is: a daemon makes little garbage, and node would let 48 MB of it lie. */
export const keepHeapSmall = (): void => setGrowth(STAYS_SMALL);

/** Loads modules of node's while the heap is kept small. */
export async function loading<T>(load: () => Promise<T>): Promise<T> {
  setGrowth(AS_BUILT);
  try {
    return await load();
  } finally {
    setGrowth(STAYS_SMALL);
  }
}
