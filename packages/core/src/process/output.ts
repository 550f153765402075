import type { Cancel } from '../clock.ts';
import type { Channel } from '../events/types.ts';
import { Feed } from '../feed.ts';
import { LineSplitter } from './line-splitter.ts';
import type { OutputReader, OutputReaders } from './output-readers.ts';

/** What is read of a process's output, and how much of it waits for a slow reader. */
export interface OutputReadOptions {
  /** @default 'stdout' */
  readonly channel?: Channel | undefined;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Ends it as well once the process has stopped; one that is not running is awaited first. @default false */
  readonly untilStopped?: boolean | undefined;
  /** How many bytes, of lines characters, wait for a slow reader; of more, the oldest are dropped. @default 1 MiB */
  readonly maxBuffered?: number | undefined;
  /** Called in the place where lines, or chunks, have been dropped, with their number. */
  readonly missed?: ((count: number) => void) | undefined;
}

/** What lines are read of a process. */
export interface LinesOptions extends OutputReadOptions {
  /** So many of the last lines that its log holds come first. @default 0 */
  readonly backlog?: number | undefined;
}

/** What reading needs of the process. */
export interface OutputSource {
  readonly readers: OutputReaders;
  /** The end of what its log holds of a channel. */
  tail(channel: Channel, bytes: number): Buffer;
  /** Calls `stopped` when it stops, or, if it is not running, when it has been started and stops. */
  whenStoppedNext(stopped: () => void): Cancel;
}

const MOST = 1024 * 1024;

/** Its lines from now on; a reader that is slow never slows the process down. */
export function readLines(source: OutputSource, options: LinesOptions = {}): Feed<string> {
  const { channel = 'stdout', maxBuffered = MOST, backlog = 0 } = options;
  const splitter = new LineSplitter(maxBuffered, (line) => feed.push(line, line.length + 1));
  const feed = follow<string>(source, options, {
    data: (chunk) => splitter.write(chunk),
    lifeEnded: () => splitter.end(),
  });
  if (backlog > 0) splitter.write(lastLines(source.tail(channel, maxBuffered), backlog));
  return feed;
}

/** What it writes from now on, as it was read from its pipe. */
export function readOutput(source: OutputSource, options: OutputReadOptions = {}): Feed<Buffer> {
  const feed = follow<Buffer>(source, options, {
    data: (chunk) => feed.push(Buffer.from(chunk), chunk.length),
    lifeEnded: () => undefined,
  });
  return feed;
}

function follow<T>(
  source: OutputSource,
  options: OutputReadOptions,
  reader: Pick<OutputReader, 'data' | 'lifeEnded'>,
): Feed<T> {
  const { channel = 'stdout', maxBuffered: most = MOST, signal, missed, untilStopped } = options;
  let stop = (): void => undefined;
  const feed = new Feed<T>({ most, signal, missed, ended: () => stop() });
  if (feed.isOver) return feed;
  const finish = (): void => {
    reader.lifeEnded();
    feed.end();
  };
  const forget = source.readers.add(channel, { ...reader, closed: finish });
  const unwatch = untilStopped === true ? source.whenStoppedNext(finish) : (): void => undefined;
  stop = () => {
    forget();
    unwatch();
  };
  return feed;
}

/** Of what ends in a line without its newline, that one too: the rest of it is yet to come. */
function lastLines(tail: Buffer, count: number): Buffer {
  let start = tail.length;
  for (let left = tail.at(-1) === NEWLINE ? count + 1 : count; left > 0; left--) {
    const newline = start === 0 ? -1 : tail.lastIndexOf(NEWLINE, start - 1);
    if (newline === -1) return tail;
    start = newline;
  }
  return tail.subarray(start + 1);
}

const NEWLINE = 0x0a;
