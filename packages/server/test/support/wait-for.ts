import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so, with a deadline whose message names it. */
export async function waitFor(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(5);
  }
}
