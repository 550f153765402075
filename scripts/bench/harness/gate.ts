import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

/** A FIFO that holds up all who open it for reading, until it is opened; who comes later goes on. */
export class Gate {
  readonly path: string;
  #fd: number | undefined;

  constructor(path: string) {
    this.path = path;
    execFileSync('mkfifo', [path]);
  }

  open(): void {
    this.#fd = openSync(this.path, constants.O_RDWR | constants.O_NONBLOCK);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }
}
