import { write } from 'node:fs';

import type { Clock } from '../../clock.ts';
import { errorCode } from '../../errors.ts';
import type { Outlet } from './outlet.ts';

const RETRY_MS = 50;

/**
 * The last resort, for what can only be written with waiting: a thread of the pool waits. While
 * it does, `process.exit` waits for it too; `_exit(2)` does not.
 */
export class PoolOutlet implements Outlet {
  readonly pieceBytes = 65_536;
  readonly #fd: number;
  readonly #clock: Clock;

  constructor(fd: number, clock: Clock) {
    this.#fd = fd;
    this.#clock = clock;
  }

  tryWrite(): number {
    return 0;
  }

  deliver(piece: Buffer, done: (error: unknown) => void): void {
    write(this.#fd, piece, 0, piece.length, null, (error, written) => {
      // EAGAIN: one of its other users has made it non-blocking.
      if (errorCode(error) === 'EAGAIN')
        this.#clock.after(RETRY_MS, () => this.deliver(piece, done));
      else if (error !== null || written === piece.length) done(error);
      else this.deliver(piece.subarray(written), done);
    });
  }

  cancel(): undefined {
    return undefined;
  }

  close(): void {
    // The descriptor is not ours.
  }
}
