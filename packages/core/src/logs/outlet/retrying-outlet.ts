import type { Cancel, Clock } from '../../clock.ts';
import type { Outlet } from './outlet.ts';
import { writeUntilFull } from './write-until-full.ts';

const FIRST_RETRY_MS = 1;
const LAST_RETRY_MS = 100;

/** For terminals and sockets, where nothing tells that there is room again: asks, ever more seldom. */
export class RetryingOutlet implements Outlet {
  readonly pieceBytes = 65_536;
  readonly #write: (data: Buffer) => number;
  readonly #clock: Clock;
  readonly #close: (() => void) | undefined;
  #cancelRetry: Cancel | undefined;
  #delayMs = FIRST_RETRY_MS;
  #written = 0;

  constructor(write: (data: Buffer) => number, clock: Clock, close?: () => void) {
    this.#write = write;
    this.#clock = clock;
    this.#close = close;
  }

  tryWrite(data: Buffer): number {
    const written = writeUntilFull(this.#write, data);
    if (written > 0) this.#delayMs = FIRST_RETRY_MS;
    return written;
  }

  deliver(piece: Buffer, done: (error: unknown) => void): void {
    this.#written = 0;
    const attempt = (): void => {
      this.#cancelRetry = undefined;
      this.#delayMs = Math.min(LAST_RETRY_MS, this.#delayMs * 2);
      try {
        this.#written += this.tryWrite(piece.subarray(this.#written));
      } catch (error) {
        done(error);
        return;
      }
      if (this.#written === piece.length) done(null);
      else this.#cancelRetry = this.#clock.after(this.#delayMs, attempt);
    };
    this.#cancelRetry = this.#clock.after(this.#delayMs, attempt);
  }

  cancel(): number {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    return this.#written;
  }

  close(): void {
    this.cancel();
    this.#close?.();
  }
}
