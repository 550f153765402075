import { abortable } from '../abortable.ts';
import { EndOfInput } from '../errors.ts';

/** Lines that come in pieces from one side and are asked for, one by one, from the other. */
export class LineReader {
  readonly #lines: string[] = [];
  readonly #decoder = new TextDecoder();
  #rest = '';
  #hasEnded = false;
  #arrived: (() => void) | undefined;

  feed(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    this.#lines.push(...lines);
    this.#arrived?.();
  }

  /** No more comes; a line without an end counts as one. */
  end(): void {
    if (this.#rest !== '') this.#lines.push(this.#rest);
    this.#rest = '';
    this.#hasEnded = true;
    this.#arrived?.();
  }

  /** The next line; one caller at a time. */
  async next(interrupted?: AbortSignal): Promise<string> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) return line.endsWith('\r') ? line.slice(0, -1) : line;
      if (this.#hasEnded) throw new EndOfInput();
      const arrival = new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
      await abortable(arrival, interrupted);
    }
  }
}
