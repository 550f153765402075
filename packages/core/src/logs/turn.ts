import { fstatSync } from 'node:fs';

/** Somebody who writes to a stream that others write to as well. */
export interface TurnTaker {
  /** It was somebody else's turn when this one asked; now it may ask again. */
  turnCame(): void;
}

/**
 * Whose turn it is to write to one of our own descriptors: a record that is out in part is
 * finished before anything else is written, whoever that comes from.
 */
export class Turn {
  #holder: TurnTaker | undefined;
  readonly #waiting = new Set<TurnTaker>();

  /** @returns false if it is somebody else's; `turnCame` follows */
  take(taker: TurnTaker): boolean {
    if (this.#holder !== undefined && this.#holder !== taker) {
      this.#waiting.add(taker);
      return false;
    }
    this.#holder = taker;
    this.#waiting.delete(taker);
    return true;
  }

  /** Nothing of this one's is out in part. */
  release(taker: TurnTaker): void {
    if (this.#holder !== taker) return;
    this.#holder = undefined;
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      next.turnCame();
      if (this.#holder !== undefined) return;
    }
  }
}

// What our descriptors lead to is the whole process's, and so is the turn on it: 1 and 2 are
// often the same terminal or pipe.
const turns = new Map<string, Turn>();

export function turnOn(fd: number): Turn {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  const key = `${dev}:${ino}`;
  let turn = turns.get(key);
  if (turn === undefined) {
    turn = new Turn();
    turns.set(key, turn);
  }
  return turn;
}
