import type { ClientError } from './errors.ts';
import { ResponseParser } from './response-parser.ts';
import type { ResponseHead } from './response-parser.ts';

export interface HttpResponse extends ResponseHead {
  readonly body: Buffer;
}

/** One answer as it arrives. */
export class Exchange {
  readonly #parser: ResponseParser;
  readonly reject: (error: ClientError) => void;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #pieces: Buffer[] = [];
  #head: ResponseHead | undefined;
  #size = 0;
  #hasSurplus = false;
  isSettled = false;
  /** Whether anything of the answer has come. */
  hasStarted = false;

  constructor(
    maxBytes: number,
    resolve: (response: HttpResponse) => void,
    reject: (error: ClientError) => void,
  ) {
    this.#resolve = resolve;
    this.reject = reject;
    this.#parser = new ResponseParser({
      head: (head) => {
        this.#head = head;
      },
      body: (piece) => this.#add(piece, maxBytes),
      end: () => {
        if (!this.#isCutShort()) this.#settle();
      },
      surplus: (piece) => {
        this.#hasSurplus = true;
        if (this.isSettled) return;
        this.#add(piece, maxBytes);
        if (!this.#isCutShort()) this.#settle();
      },
    });
  }

  /** @throws for what is no HTTP or too much. */
  received(bytes: Buffer): void {
    this.hasStarted = true;
    this.#parser.push(bytes);
  }

  get keepsAlive(): boolean {
    return this.#head?.keepsAlive === true && !this.#hasSurplus;
  }

  /** @throws if more should have come. */
  connectionEnded(): void {
    this.#parser.finish();
    if (!this.isSettled) this.#settle();
  }

  #add(piece: Buffer, maxBytes: number): void {
    this.#size += piece.length;
    if (maxBytes !== 0 && this.#size > maxBytes) throw new Error(`over ${maxBytes} bytes of body`);
    this.#pieces.push(piece);
  }

  /**
   * supervisord counts characters, not bytes, for the Content-Length of answers that had to wait:
   * with any name or text beyond ASCII, the end of the document comes after the "end" of the body.
   */
  #isCutShort(): boolean {
    if (this.#head?.status !== 200) return false;
    // No piece is empty, so that as many pieces as bytes are enough.
    const start = Buffer.concat(this.#pieces.slice(0, 5));
    const end = Buffer.concat(this.#pieces.slice(-64)).subarray(-64);
    return start.toString('latin1', 0, 5) === '<?xml' && !end.includes('</methodResponse>');
  }

  #settle(): void {
    const head = this.#head;
    if (!head) throw new Error('internal error: a response without a head ended');
    this.isSettled = true;
    this.#resolve({ ...head, body: Buffer.concat(this.#pieces) });
  }
}
