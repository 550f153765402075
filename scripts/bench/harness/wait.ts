const PAUSE_MS = 1;

/**
 * Waits until `isSo` answers something true, and returns that.
 *
 * @throws if that takes longer than `withinMs`
 */
export async function until<T>(
  what: string,
  isSo: () => T | undefined | false | 0,
  withinMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = isSo();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The same without the event loop, for what must be over before this process ends. */
export function untilNow(what: string, isSo: () => boolean, withinMs = 20_000): void {
  const deadline = performance.now() + withinMs;
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    Atomics.wait(never, 0, 0, PAUSE_MS);
  }
}

/** Passes on what `work` brings, unless that takes too long. */
export async function within<T>(what: string, work: Promise<T>, withinMs = 60_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${withinMs} ms for ${what}`)), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What a start and the work that was just done leave behind is put in order within this time: V8
 * collects garbage when it has been idle for 8 s, up to three times.
 */
export const SETTLING_SECONDS = 30;

/** For a time that is itself what is measured, or that belongs to its definition. */
export const elapse = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));
