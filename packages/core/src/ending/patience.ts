import type { Clock } from '../clock.ts';
import type { ShutdownOptions } from '../embed/options.ts';

/** Waits for the end, and kills what is left when the time is over or the signal fires. */
export async function withPatience(
  ended: Promise<void>,
  { signal, timeoutSeconds }: ShutdownOptions,
  clock: Clock,
  kill: () => void,
): Promise<void> {
  const cancel =
    timeoutSeconds === undefined ? undefined : clock.after(timeoutSeconds * 1000, kill);
  if (signal?.aborted === true) kill();
  signal?.addEventListener('abort', kill, { once: true });
  try {
    await ended;
  } finally {
    cancel?.();
    signal?.removeEventListener('abort', kill);
  }
}
