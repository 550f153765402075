import type { Line } from '../../http/message.ts';
import type { Subscription } from './subscription.ts';

/** What waits for one client in its socket, but for the message that fills it. */
export const FULL_BYTES = 512 * 1024;

/** What is on its way to one client. Once it is full, nothing more is said until all has gone out. */
export class Outbox {
  readonly #line: Line;
  #isFull = false;
  #isClosed = false;

  constructor(line: Line) {
    this.#line = line;
  }

  get isFull(): boolean {
    return this.#isFull || this.#isClosed;
  }

  send(text: string): void {
    if (this.#isClosed) return;
    this.#line.send(text);
    this.#isFull ||= this.#line.waitingBytes >= FULL_BYTES;
  }

  /** All has gone out: lets those who have kept something say it, until it is full again. */
  drained(subscriptions: Iterable<Subscription>): void {
    if (!this.#isFull) return;
    this.#isFull = false;
    this.flush(subscriptions);
  }

  flush(subscriptions: Iterable<Subscription>): void {
    for (const subscription of subscriptions) {
      if (this.isFull) return;
      subscription.drained();
    }
  }

  close(): void {
    this.#isClosed = true;
  }
}
