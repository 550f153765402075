import type { ChannelConfig } from '@tsvisor/config';
import { pythonRepr } from '@tsvisor/config';

import type { Channel, EventProcess, OutputEvent, SupervisorEvent } from '../../events/types.ts';
import type { Logger } from '../../logger.ts';
import type { OutputReaders } from '../../process/output-readers.ts';
import { CaptureBuffer } from './capture-buffer.ts';
import { CaptureScanner } from './capture.ts';
import type { Piece } from './capture.ts';
import { decodable } from './python-bytes.ts';
import { stripAnsi } from './strip-ansi.ts';

/** Where output goes that is not captured. */
export interface OutputLog {
  write(data: Buffer): boolean;
  readonly backedUp: boolean;
  /** Nothing more comes in this life. */
  end?(): void;
}

export interface ChildOutputOptions {
  readonly process: EventProcess;
  /** When an event is made. */
  readonly pid: () => number;
  readonly channel: Channel;
  readonly config: Pick<ChannelConfig, 'captureMaxBytes' | 'eventsEnabled'>;
  readonly log: OutputLog;
  /** Whoever reads what it writes, beside the log. */
  readonly readers?: Pick<OutputReaders, 'tell' | 'lifeEnded'> | undefined;
  readonly logger: Logger;
  readonly emit: (event: SupervisorEvent) => void;
  readonly stripAnsi: () => boolean;
}

const events = {
  stdout: { log: 'PROCESS_LOG_STDOUT', communication: 'PROCESS_COMMUNICATION_STDOUT' },
  stderr: { log: 'PROCESS_LOG_STDERR', communication: 'PROCESS_COMMUNICATION_STDERR' },
} as const satisfies Record<Channel, Record<string, OutputEvent['type']>>;

/**
 * What becomes of the output of one channel during one life of a process (process.md §11): each
 * record is stripped, goes to the log or into the capture buffer, to the main log at level
 * debug, and out as an event.
 */
export class ChildOutput {
  readonly #options: ChildOutputOptions;
  readonly #scanner: CaptureScanner | undefined;
  readonly #captured: CaptureBuffer;
  /** Asked once, at the spawn, as upstream does. */
  readonly #isCopied: boolean;

  constructor(options: ChildOutputOptions) {
    this.#options = options;
    const { captureMaxBytes } = options.config;
    this.#scanner = captureMaxBytes > 0 ? new CaptureScanner() : undefined;
    this.#captured = new CaptureBuffer(captureMaxBytes);
    this.#isCopied = options.logger.passes('debug');
  }

  /**
   * Takes what one read gave; `chunk` is only valid during the call.
   *
   * @returns false if the log is backed up: the next read should wait for its `onDrain`
   */
  write(chunk: Buffer): boolean {
    if (this.#scanner === undefined) this.#record(chunk, false);
    else this.#take(this.#scanner.scan(chunk));
    return !this.#options.log.backedUp;
  }

  /** Nothing more comes: what was held back is written, and what was captured without an end. */
  end(): void {
    const { log } = this.#options;
    if (this.#scanner !== undefined) {
      this.#take(this.#scanner.end());
      const unfinished = this.#captured.take();
      if (unfinished.length > 0) log.write(unfinished);
    }
    log.end?.();
    this.#options.readers?.lifeEnded(this.#options.channel);
  }

  #take(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      switch (piece.type) {
        case 'output':
          this.#record(piece.data, false);
          break;
        case 'captured':
          this.#record(piece.data, true);
          break;
        case 'begin':
          break;
        case 'end':
          this.#communicate();
          break;
      }
    }
  }

  #record(data: Buffer, isCaptured: boolean): void {
    if (data.length === 0) return;
    const { log, config, channel } = this.#options;
    const record = this.#options.stripAnsi() ? stripAnsi(data) : data;
    if (isCaptured) this.#captured.append(record);
    else {
      log.write(record);
      this.#options.readers?.tell(channel, record);
    }
    if (this.#isCopied) this.#debug(`output:\n${decodable(record)}`);
    if (config.eventsEnabled) this.#emit(events[channel].log, Buffer.from(record));
  }

  #communicate(): void {
    this.#emit(events[this.#options.channel].communication, this.#captured.take());
    this.#debug('emitted a comm event');
  }

  #emit(type: OutputEvent['type'], data: Buffer): void {
    const { process, pid, channel, emit } = this.#options;
    emit({ type, process, pid: pid(), channel, data });
  }

  #debug(what: string): void {
    const { process, channel, logger } = this.#options;
    logger.log('debug', `${pythonRepr(process.name)} ${channel} ${what}`);
  }
}
