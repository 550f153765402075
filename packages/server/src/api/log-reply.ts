// Bytes of a log as a response.
import { closeSync, constants, openSync, read } from 'node:fs';

import type { Header, Reply, Request, Sink } from '../http/message.ts';
import type { ByteRange } from './byte-range.ts';
import { commonHeaders } from './problem.ts';

/** Up to so many bytes are read at once; more goes out piece by piece. */
const MOST_AT_ONCE = 1024 * 1024;
const PIECE = 256 * 1024;

export interface LogBytes {
  readonly size: number;
  /** null: it is in memory, and small. */
  readonly path: string | null;
  read(offset: number, length: number): Buffer;
}

interface Asked {
  readonly request: Request;
  readonly status: 200 | 206;
  readonly range: ByteRange;
}

/** The bytes of a range, as they are. */
export function logReply(log: LogBytes, { request, status, range }: Asked): Reply {
  const { start, length } = range;
  const headers = (sent: number): Header[] => [
    ['Content-Type', typeFor(request)],
    ...(status === 206
      ? ([['Content-Range', `bytes ${start}-${start + sent - 1}/${log.size}`]] as const)
      : []),
    ['Accept-Ranges', 'bytes'],
    ['X-Log-Offset', String(start)],
    ['X-Log-Size', String(log.size)],
    ...commonHeaders,
  ];
  const whole = (body: Buffer, sent: number): Reply => ({
    status,
    headers: [...headers(sent), ['Content-Length', String(sent)]],
    body,
  });
  if (request.method === 'HEAD') return whole(Buffer.alloc(0), length);
  if (length > MOST_AT_ONCE && log.path !== null) {
    const fd = openSync(log.path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { status, headers: headers(length), stream: (sink) => new Pour(fd, range, sink).stop };
  }
  // A length of 0 would mean all that follows.
  const body = length === 0 ? Buffer.alloc(0) : log.read(start, length);
  return whole(body, body.length);
}

/** Text for people, unless a client wants nothing but bytes. */
function typeFor(request: Request): string {
  const accepted = request.header('accept') ?? '';
  const isForBytes = accepted.includes('application/octet-stream') && !accepted.includes('text/');
  return isForBytes ? 'application/octet-stream' : 'text/plain;charset=utf-8';
}

/** Sends a part of an open file at the pace of its client; a rotation meanwhile changes nothing. */
class Pour {
  readonly #fd: number;
  readonly #sink: Sink;
  #end: number;
  #at: number;
  #isReading = false;
  #isOver = false;

  constructor(fd: number, { start, length }: ByteRange, sink: Sink) {
    this.#fd = fd;
    this.#sink = sink;
    this.#at = start;
    this.#end = start + length;
    sink.drained(() => this.#next());
    this.#next();
  }

  /** The client has gone, or has all. */
  readonly stop = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    // A read that is under way closes it.
    if (!this.#isReading) closeSync(this.#fd);
  };

  #next(): void {
    if (this.#isReading || this.#isOver) return;
    const length = Math.min(PIECE, this.#end - this.#at);
    if (length === 0) {
      this.stop();
      this.#sink.end();
      return;
    }
    this.#isReading = true;
    read(this.#fd, Buffer.allocUnsafe(length), 0, length, this.#at, (error, count, piece) => {
      this.#isReading = false;
      if (this.#isOver) closeSync(this.#fd);
      else this.#took(error === null ? piece.subarray(0, count) : Buffer.alloc(0));
    });
  }

  /** What is shorter than it was, or cannot be read any more, ends the response early. */
  #took(piece: Buffer): void {
    if (piece.length === 0) this.#end = this.#at;
    this.#at += piece.length;
    if (piece.length === 0 || this.#sink.write(piece)) this.#next();
  }
}
