/**
 * HTTP/1.1 responses from bytes, however they are cut. Strict: what is ambiguous (two framings,
 * bare line feeds, odd lengths) is refused, since the next answer would be read from the wrong
 * place. Knows no socket.
 */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** Names in lower case; several of a name are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** Whether another request may follow on the connection. */
  readonly keepsAlive: boolean;
}

export interface ResponseSink {
  head(head: ResponseHead): void;
  body(piece: Buffer): void;
  end(): void;
  /** Bytes after the end of the response, which nobody asked for. */
  surplus(piece: Buffer): void;
}

export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  readonly code = 'BAD_RESPONSE';
}

type Step =
  | 'status'
  | 'header'
  | 'fixed'
  | 'size'
  | 'chunk'
  | 'chunk-end'
  | 'trailer'
  | 'open'
  | 'done';

/** Bytes of status line and headers together, and of the lines between chunks. */
const maxHeadBytes = 64 * 1024;
const emptyStatuses: ReadonlySet<number> = new Set([204, 304]);

export class ResponseParser {
  readonly #sink: ResponseSink;
  #step: Step = 'status';
  #unread: Buffer = Buffer.alloc(0);
  #headBytes = 0;
  #minor = 1;
  #status = 0;
  #reason = '';
  #headers = new Map<string, string>();
  #remaining = 0;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** Whether the response is complete. */
  get isDone(): boolean {
    return this.#step === 'done';
  }

  /** Takes the next bytes. @throws {ResponseError} */
  push(bytes: Buffer): void {
    let rest = this.#unread.length > 0 ? Buffer.concat([this.#unread, bytes]) : bytes;
    this.#unread = Buffer.alloc(0);
    while (rest.length > 0) {
      const taken = this.#take(rest);
      if (taken === 0) {
        this.#unread = rest;
        return;
      }
      rest = rest.subarray(taken);
    }
  }

  /** The connection has ended. @throws {ResponseError} if the response has not. */
  finish(): void {
    if (this.#step === 'open') this.#end();
    if (this.#step !== 'done') throw new ResponseError('the connection ended inside the response');
  }

  /** Handles what it can of the bytes; 0 if a line is incomplete. */
  #take(bytes: Buffer): number {
    if (this.#step === 'fixed' || this.#step === 'chunk') return this.#takeBody(bytes);
    if (this.#step !== 'open' && this.#step !== 'done') return this.#takeLine(bytes);
    if (this.#step === 'open') this.#sink.body(bytes);
    else this.#sink.surplus(bytes);
    return bytes.length;
  }

  #takeBody(bytes: Buffer): number {
    const piece = bytes.subarray(0, this.#remaining);
    this.#remaining -= piece.length;
    this.#sink.body(piece);
    if (this.#remaining === 0) {
      if (this.#step === 'fixed') this.#end();
      else this.#step = 'chunk-end';
    }
    return piece.length;
  }

  #takeLine(bytes: Buffer): number {
    const newline = bytes.indexOf('\n');
    const size = newline === -1 ? bytes.length : newline + 1;
    if (this.#headBytes + size > maxHeadBytes) throw new ResponseError('a head without end');
    if (newline === -1) return 0;
    if (bytes[newline - 1] !== 0x0d) throw new ResponseError('a line that does not end in CRLF');
    this.#headBytes += size;
    this.#line(bytes.toString('latin1', 0, newline - 1));
    return size;
  }

  #line(line: string): void {
    if (this.#step === 'status') this.#statusLine(line);
    else if (this.#step === 'header' && line !== '') this.#headerLine(line);
    else if (this.#step === 'header') this.#headEnds();
    else if (this.#step === 'size') this.#sizeLine(line);
    else if (this.#step === 'chunk-end') this.#chunkEnds(line);
    else if (line === '') this.#end();
  }

  #statusLine(line: string): void {
    const found = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: (.*))?$/.exec(line);
    if (!found) throw new ResponseError(`not a status line: ${JSON.stringify(line.slice(0, 60))}`);
    this.#minor = Number(found[1]);
    this.#status = Number(found[2]);
    this.#reason = found[3] ?? '';
    this.#headers = new Map();
    this.#step = 'header';
  }

  #headerLine(line: string): void {
    const found = /^([\w!#$%&'*+.^`|~-]+):([^\0\r]*)$/.exec(line);
    const [, name = '', text = ''] = found ?? [];
    if (!found) throw new ResponseError(`not a header: ${JSON.stringify(line.slice(0, 60))}`);
    const key = name.toLowerCase();
    const before = this.#headers.get(key);
    this.#headers.set(key, before === undefined ? text.trim() : `${before}, ${text.trim()}`);
  }

  #headEnds(): void {
    this.#headBytes = 0;
    if (this.#status < 200) {
      // An interim answer (100, 103): the real one follows.
      this.#step = 'status';
      return;
    }
    this.#step = this.#framing();
    const isFramed = this.#step !== 'open';
    this.#sink.head({
      status: this.#status,
      reason: this.#reason,
      headers: this.#headers,
      keepsAlive: isFramed && this.#connectionStays(),
    });
    if (this.#step === 'done' || (this.#step === 'fixed' && this.#remaining === 0)) this.#end();
  }

  /** What the headers say of where the body ends; 'done' if there is none. */
  #framing(): Step {
    if (emptyStatuses.has(this.#status)) return 'done';
    const coding = this.#headers.get('transfer-encoding');
    const length = this.#headers.get('content-length');
    if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked' || length !== undefined) {
        throw new ResponseError(`a body framed by transfer-encoding ${JSON.stringify(coding)}`);
      }
      return 'size';
    }
    if (length === undefined) return 'open';
    if (!/^\d{1,15}$/.test(length)) {
      throw new ResponseError(`a content-length of ${JSON.stringify(length)}`);
    }
    this.#remaining = Number(length);
    return 'fixed';
  }

  #connectionStays(): boolean {
    const connection = this.#headers.get('connection')?.toLowerCase() ?? '';
    const options = connection.split(',').map((option) => option.trim());
    return this.#minor === 1 ? !options.includes('close') : options.includes('keep-alive');
  }

  #sizeLine(line: string): void {
    const found = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line);
    if (!found) throw new ResponseError(`not a chunk size: ${JSON.stringify(line.slice(0, 60))}`);
    this.#headBytes = 0;
    this.#remaining = Number.parseInt(found[1] ?? '', 16);
    this.#step = this.#remaining === 0 ? 'trailer' : 'chunk';
  }

  #chunkEnds(line: string): void {
    if (line !== '') throw new ResponseError('a chunk longer than its size');
    this.#step = 'size';
  }

  #end(): void {
    this.#step = 'done';
    this.#sink.end();
  }
}
