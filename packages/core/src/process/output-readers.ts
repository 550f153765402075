import type { Cancel } from '../clock.ts';
import type { Channel } from '../events/types.ts';

/** Whoever reads what a process writes, beside its log. */
export interface OutputReader {
  /** `chunk` is only valid during the call. */
  data(chunk: Buffer): void;
  /** The life at hand has written its last byte. */
  lifeEnded(): void;
  /** The process is gone for good. */
  closed(): void;
}

/** Those who read the output of one process, over all its lives. */
export class OutputReaders {
  /** Made with the first: most processes never have one. */
  #readers: Map<OutputReader, Channel> | undefined;
  #isClosed = false;

  add(channel: Channel, reader: OutputReader): Cancel {
    // Later: it may have something to read of what came before.
    if (this.#isClosed) queueMicrotask(() => reader.closed());
    this.#readers ??= new Map();
    this.#readers.set(reader, channel);
    return () => void this.#readers?.delete(reader);
  }

  tell(channel: Channel, chunk: Buffer): void {
    if (this.#readers !== undefined) this.#each(channel, (reader) => reader.data(chunk));
  }

  lifeEnded(channel: Channel): void {
    if (this.#readers !== undefined) this.#each(channel, (reader) => reader.lifeEnded());
  }

  close(): void {
    this.#isClosed = true;
    for (const reader of this.#readers?.keys() ?? []) reader.closed();
  }

  #each(channel: Channel, tell: (reader: OutputReader) => void): void {
    for (const [reader, wanted] of this.#readers ?? []) if (wanted === channel) tell(reader);
  }
}
