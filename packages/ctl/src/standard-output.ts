import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

import { Unwritable, systemErrorCode } from './errors.ts';
import { mayColour } from './format/colours.ts';
import type { Output } from './session.ts';

/** The program's own output, written at once: so it keeps its order, and nothing is lost at exit. */
export function standardOutput(environment: NodeJS.ProcessEnv): Output {
  const isTerminal = isatty(1);
  return {
    isTerminal,
    hasColours: mayColour(isTerminal, environment),
    write: (text) => writeAll(1, text),
    writeError: (text) => writeAll(2, text),
  };
}

function writeAll(fd: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'EPIPE') throw new Unwritable();
      if (code !== 'EAGAIN') throw new Unwritable((error as Error).message);
      // Somebody made the pipe non-blocking, and it is full: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
