import type { Interruptible } from './session.ts';

/** Where Ctrl-C is heard: `process` for SIGINT, or a stand-in. */
export interface InterruptSource {
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
}

/** Ctrl-C ends the innermost of what runs; with nothing running it ends the program, as ever. */
export function interruptibleBy(source: InterruptSource): Interruptible {
  const running: AbortController[] = [];
  const interrupt = (): void => running.at(-1)?.abort();
  return async (work) => {
    const controller = new AbortController();
    running.push(controller);
    if (running.length === 1) source.on('SIGINT', interrupt);
    try {
      return await work(controller.signal);
    } finally {
      running.pop();
      if (running.length === 0) source.off('SIGINT', interrupt);
    }
  };
}
