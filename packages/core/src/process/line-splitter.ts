import { StringDecoder } from 'node:string_decoder';

/** Makes lines of chunks, however they are cut: without their newlines, what is no UTF-8 as U+FFFD. */
export class LineSplitter {
  readonly #longest: number;
  readonly #line: (line: string) => void;
  #decoder = new StringDecoder('utf8');
  #rest = '';

  /** @param longest a line of more characters comes in pieces */
  constructor(longest: number, line: (line: string) => void) {
    this.#longest = longest;
    this.#line = line;
  }

  write(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line.endsWith('\r') ? line.slice(0, -1) : line);
    while (this.#rest.length > this.#longest) {
      this.#line(this.#rest.slice(0, this.#longest));
      this.#rest = this.#rest.slice(this.#longest);
    }
  }

  /** What has no newline yet is a line too. */
  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#decoder = new StringDecoder('utf8');
    this.#rest = '';
    if (rest !== '') this.#line(rest);
  }
}
