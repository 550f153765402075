import type { Random } from '../../../fuzz/random.ts';
import type { Client } from '../../../packages/rpc/src/index.ts';
import type { Daemon } from '../daemon.ts';
import type { Program } from '../programs.ts';
import type { Tally } from '../tally.ts';

/** What one client works with. */
export interface Context {
  readonly daemon: Daemon;
  readonly client: Client;
  readonly random: Random;
  readonly tally: Tally;
  readonly programs: readonly Program[];
  readonly books: Books;
}

/** What has been done that the accounts must know. */
export class Books {
  /** By name, how often its log may have been emptied. */
  readonly clears = new Map<string, number>();
  /** Lines for the stdin of a program, and events for listeners, that the daemon has taken. */
  readonly taken: Taken[] = [];
  /** When everything was stopped and started, as performance.now() has it. */
  readonly reloads: { readonly from: number; readonly to: number }[] = [];
  #sent = 0;

  clearing(name: string): void {
    this.clears.set(name, (this.clears.get(name) ?? 0) + 1);
  }

  /** Sends the next number, and notes it if that is answered. */
  async send(name: string, send: (number: number) => Promise<unknown>): Promise<void> {
    const number = ++this.#sent;
    await send(number);
    this.taken.push({ name, number, at: performance.now() });
  }

  /** Whether whoever was to get it may have been stopped before. */
  isCutOff({ at }: Taken): boolean {
    return this.reloads.some(({ from, to }) => at > from - CUT_OFF_MS && at < to);
  }
}

export interface Taken {
  readonly name: string;
  readonly number: number;
  readonly at: number;
}

/** What is on its way to a program that is stopped may not be read any more. */
const CUT_OFF_MS = 1000;

export interface Action {
  /** So often, compared with the others. */
  readonly weight: number;
  readonly run: (context: Context) => Promise<unknown>;
}

export type Actions = Readonly<Record<string, Action>>;
