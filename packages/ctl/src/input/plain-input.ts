import type { Readable } from 'node:stream';

import type { Input, Output } from '../session.ts';
import { LineReader } from './line-reader.ts';
import { readSecretFromTerminal } from './secret.ts';

/** Reads lines from what is no terminal; prompts are written all the same. */
export class PlainInput implements Input {
  readonly #openStream: () => Readable;
  readonly #output: Output;
  readonly #lines = new LineReader();
  #stream: Readable | undefined;

  /** The stream is opened when the first line is asked for: most commands never ask. */
  constructor(openStream: () => Readable, output: Output) {
    this.#openStream = openStream;
    this.#output = output;
  }

  async readLine(prompt: string, interrupted?: AbortSignal): Promise<string> {
    if (prompt !== '') this.#output.write(prompt);
    const stream = this.#open();
    stream.resume();
    try {
      return await this.#lines.next(interrupted);
    } finally {
      stream.pause();
    }
  }

  async readSecret(prompt: string): Promise<string> {
    const secret = await readSecretFromTerminal(prompt);
    if (secret !== undefined) return secret;
    this.#output.writeError(prompt);
    return this.readLine('');
  }

  close(): void {
    this.#stream?.pause();
  }

  #open(): Readable {
    if (this.#stream === undefined) {
      this.#stream = this.#openStream();
      this.#stream.on('data', (chunk: Uint8Array) => this.#lines.feed(chunk));
      this.#stream.on('end', () => this.#lines.end());
      this.#stream.on('error', () => this.#lines.end());
    }
    return this.#stream;
  }
}
