import type { Clock } from '../../clock.ts';
import { openOwnFd } from '../open-sink.ts';
import type { SendNow } from '../outlet/open-outlet.ts';
import type { LogSink, Report } from '../sink.ts';

export interface OwnStdoutOptions {
  readonly clock: Clock;
  readonly sendNow?: SendNow;
  readonly report: Report;
}

/**
 * Our own standard output, for what others want to have there. It never waits for its reader:
 * when that is too slow the oldest lines are dropped, and a line says how many.
 */
export class OwnStdout {
  readonly #options: OwnStdoutOptions;
  #sink: LogSink | undefined;
  #isClosed = false;

  constructor(options: OwnStdoutOptions) {
    this.#options = options;
  }

  /** The first write opens it: a daemon may have changed what it is until then. */
  write(data: Buffer): void {
    if (this.#isClosed) return;
    this.#sink ??= this.#open();
    this.#sink?.write(data);
  }

  /** Writes what is kept, as far as that goes within a moment. */
  close(): void {
    this.#isClosed = true;
    this.#sink?.flush();
    this.#sink?.close();
  }

  #open(): LogSink | undefined {
    const overflow = (records: number): Buffer =>
      Buffer.from(`(${records} pieces of output were dropped: whoever reads this was too slow)\n`);
    try {
      return openOwnFd(1, { ...this.#options, name: 'stdout', overflow });
    } catch {
      // EBADF: we were started with it closed.
      this.#isClosed = true;
      return undefined;
    }
  }
}
