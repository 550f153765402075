import type { ChannelConfig } from '@tsvisor/config';

import type { Channel, EventProcess } from '../../events/types.ts';
import type { OutputLog } from './child-output.ts';

/** A line that is longer is cut, so that a program without line ends costs bounded memory. */
const LONGEST_LINE = 64 * 1024;
const LINE_FEED = 0x0a;

export interface LineFormatOptions {
  readonly process: EventProcess;
  readonly channel: Channel;
  readonly config: Pick<ChannelConfig, 'prefix' | 'timestamp' | 'format'>;
  readonly pid: () => number;
  /** Wall clock, ms. */
  readonly now: () => number;
}

/** Whether the lines of this channel are to be looked at: otherwise its bytes pass as they are. */
export const isFormatted = ({ prefix, timestamp, format }: LineFormatOptions['config']): boolean =>
  prefix !== '' || timestamp !== 'none' || format !== 'raw';

/**
 * Cuts output into lines and words each as configured. What goes on is whole lines only, so that
 * programs that share one stream do not tear each other's.
 */
export class LineFormat implements OutputLog {
  readonly #options: LineFormatOptions;
  readonly #log: OutputLog;
  #rest = Buffer.alloc(0);

  constructor(log: OutputLog, options: LineFormatOptions) {
    this.#log = log;
    this.#options = options;
  }

  get backedUp(): boolean {
    return this.#log.backedUp;
  }

  write(data: Buffer): boolean {
    const text = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    const lines: Buffer[] = [];
    let start = 0;
    while (start < text.length) {
      const feed = text.indexOf(LINE_FEED, start);
      const isLong = (feed === -1 ? text.length : feed) - start > LONGEST_LINE;
      if (feed === -1 && !isLong) break;
      const end = isLong ? start + LONGEST_LINE : feed;
      lines.push(this.#worded(text.subarray(start, end)));
      start = isLong ? end : end + 1;
    }
    // The chunk is only ours during this call.
    this.#rest = Buffer.from(text.subarray(start));
    return lines.length === 0 ? !this.backedUp : this.#log.write(Buffer.concat(lines));
  }

  /** Nothing more comes: a line without an end is one all the same. */
  end(): void {
    if (this.#rest.length === 0) return;
    this.#log.write(this.#worded(this.#rest));
    this.#rest = Buffer.alloc(0);
  }

  #worded(line: Buffer): Buffer {
    const { process, channel, config, pid, now } = this.#options;
    const time = new Date(now()).toISOString();
    if (config.format === 'json') {
      const record = {
        time,
        program: process.name,
        group: process.group,
        stream: channel,
        pid: pid(),
        line: line.toString(),
      };
      return Buffer.from(`${JSON.stringify(record)}\n`);
    }
    const head = config.timestamp === 'iso' ? `${time} ` : '';
    const prefix = config.prefix === '' ? '' : `${config.prefix} `;
    return Buffer.concat([Buffer.from(head + prefix), line, Buffer.from('\n')]);
  }
}
