import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

import { within } from './wait.ts';

export interface Report {
  readonly text: string;
  /** When it came, as performance.now() has it. */
  readonly at: number;
}

/** A FIFO through which programs under supervision say, in lines, that something has come to pass. */
export class Reports {
  readonly path: string;
  readonly #socket: Socket;
  readonly #waiting: Report[] = [];
  #rest = '';
  #arrived = (): void => undefined;

  constructor(path: string) {
    this.path = path;
    execFileSync('mkfifo', [path]);
    // Also open for writing: so it has no end, however many writers come and go.
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    this.#socket = new Socket({ fd, readable: true, writable: false });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk.toString()));
  }

  /** The next `count` lines. */
  take(count: number, withinMs?: number): Promise<Report[]> {
    return within(`${count} reports on ${this.path}`, this.#enough(count), withinMs);
  }

  async next(withinMs?: number): Promise<Report> {
    const [report] = await this.take(1, withinMs);
    return report as Report;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #enough(count: number): Promise<Report[]> {
    while (this.#waiting.length < count) {
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
    return this.#waiting.splice(0, count);
  }

  #take(text: string): void {
    const at = performance.now();
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#waiting.push({ text: line, at });
    this.#arrived();
  }
}
