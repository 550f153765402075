import { setTimeout } from 'node:timers/promises';

import { type Client, type StreamMessage, type StreamWish } from '@tsvisor/rpc';

import { Unwritable } from './errors.ts';
import type { Log } from './remote.ts';

/** Where what is followed goes. */
export interface Followed {
  /** Bytes of a log, or an event as a JSON object with its line end. */
  receive(bytes: Uint8Array): void;
  /** Something was left out. */
  missed(text: string): void;
}

/** So soon a process is there again when its configuration has changed. */
const ADDED_AGAIN_MS = 250;
const TRUNCATED = '==> File truncated <==\n';

/**
 * Follows by the stream of tsvd until the daemon or the signal ends it.
 *
 * @returns false if there is no such stream, or it refuses: then nothing has been received
 */
export async function followStream(
  client: Client,
  log: Log,
  followed: Followed,
  signal: AbortSignal,
): Promise<boolean> {
  const course = new Course(log, followed);
  try {
    // What was removed may have been added again; who was silent for long is hung up on.
    while (await course.run(client, signal)) {
      if (log.of === 'events') course.resumed();
      await setTimeout(ADDED_AGAIN_MS, undefined, { signal });
    }
  } catch (error) {
    if (error instanceof Unwritable) throw error;
    return course.hasBegun;
  }
  return course.hasBegun || signal.aborted;
}

/** One following, over several subscriptions. */
class Course {
  readonly #log: Log;
  readonly #followed: Followed;
  /** Of the next byte. */
  #offset: number | undefined;
  hasBegun = false;

  constructor(log: Log, followed: Followed) {
    this.#log = log;
    this.#followed = followed;
  }

  /** @returns whether to go on with another subscription */
  async run(client: Client, signal: AbortSignal): Promise<boolean> {
    const messages = client.subscribe(this.#wish(), { signal });
    try {
      for (;;) {
        const next = await messages.next();
        if (next.done === true) return next.value;
        this.hasBegun = true;
        this.#take(next.value);
      }
    } finally {
      await messages.return(false);
    }
  }

  resumed(): void {
    this.#followed.missed('events may have been missed');
  }

  #wish(): StreamWish {
    const log = this.#log;
    if (log.of === 'events') return { to: 'events', names: log.names };
    const start = {
      encoding: 'base64',
      ...(this.#offset === undefined ? {} : { offset: this.#offset }),
    } as const;
    if (log.of === 'daemon') return { to: 'mainlog', ...start };
    return { to: 'log', process: log.name, channel: log.channel, ...start };
  }

  #take(message: StreamMessage): void {
    if (message.type === 'log') {
      const bytes = Buffer.from(message.data, 'base64');
      this.#offset = message.offset + bytes.length;
      this.#followed.receive(bytes);
    } else if (message.type === 'event') {
      const { id: _id, type: _type, ...event } = message;
      this.#receiveLine(event);
    } else if (message.type === 'missed') {
      if (message.messages !== undefined) this.#receiveLine({ missed: message.messages });
      else this.#missed(message.bytes ?? 0);
    } else if (message.type === 'truncated') {
      this.#offset = 0;
      if (!message.rotated) this.#followed.receive(Buffer.from(TRUNCATED));
    }
  }

  #missed(bytes: number): void {
    if (this.#offset !== undefined) this.#offset += bytes;
    this.#followed.missed(`${bytes} bytes of the log were left out`);
  }

  #receiveLine(value: unknown): void {
    this.#followed.receive(Buffer.from(`${JSON.stringify(value)}\n`));
  }
}
