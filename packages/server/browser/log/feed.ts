import { fromBase64 } from './base64.ts';
import { Pending } from './pending.ts';

/** What the stream says of a log. */
export interface LogMessage {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Begins with so much of the log's end. */
const BACKLOG_BYTES = 64 * 1024;
/** Held while the reader has paused, or when it comes faster than it can be shown. */
const MOST_PENDING_BYTES = 4 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** The log's bytes as they arrive, and where in the log they stand. */
export class LogFeed {
  readonly pending = new Pending(MOST_PENDING_BYTES);
  /** Whether the stream has said anything of it. */
  isAnswered = false;
  /** Why nothing comes: there is no such log, or no such process any more. */
  trouble: string | undefined;
  /** Where what is shown begins; undefined: nothing before it can be had. */
  earliest: number | undefined;
  #next: number | undefined;

  /** What to subscribe to: the end of the log, or after a break what has come since. */
  request(): Readonly<Record<string, unknown>> {
    const start = this.#next === undefined ? { backlog: BACKLOG_BYTES } : { offset: this.#next };
    return { ...start, encoding: 'base64' };
  }

  take(message: LogMessage): void {
    this.isAnswered = true;
    if (message.type === 'log') this.#log(Number(message['offset']), textOf(message['data']));
    else if (message.type === 'missed') this.#missed(Number(message['bytes'] ?? 0));
    else if (message.type === 'truncated') this.#truncated();
    else if (message.type === 'subscribed') this.trouble = undefined;
    else if (message.type === 'error') this.trouble = textOf(message['fault']) || 'FAILED';
    else if (message.type === 'ended') this.trouble = 'ENDED';
  }

  /** What is asked for next is another log of the same name: that of a program that was added again. */
  startAnew(): void {
    if (this.#next !== undefined) this.#truncated();
    this.#next = undefined;
  }

  #log(offset: number, data: string): void {
    let bytes = fromBase64(data);
    let begins = offset;
    if (this.#next === undefined) {
      const skipped = partOfLine(bytes, offset);
      bytes = bytes.subarray(skipped);
      begins += skipped;
      this.earliest = begins;
    } else if (offset < this.#next) {
      this.#truncated();
    }
    this.#next = begins + bytes.length;
    this.pending.push({ type: 'data', bytes });
  }

  #missed(bytes: number): void {
    if (this.#next !== undefined) this.#next += bytes;
    this.pending.push({ type: 'missed', bytes });
  }

  #truncated(): void {
    this.#next = 0;
    // What is before is in another file, or nowhere.
    this.earliest = undefined;
    this.pending.push({ type: 'truncated' });
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How many bytes at the beginning are the rest of a line that began before. */
export function partOfLine(bytes: Uint8Array, offset: number): number {
  return offset === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
}
