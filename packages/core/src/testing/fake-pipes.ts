import type { Pipe, PipeReader, PipeSink, PipeSource, PipeWriter } from '../kernel.ts';

/** What a child writes and we read; named by the child's end. */
interface Output {
  readonly reader: PipeReader;
  readonly waiting: Buffer[];
  isPaused: boolean;
  isEnded: boolean;
}

/** What we write and a child reads; named by the child's end. */
interface Input {
  readonly writer: PipeWriter;
  readonly read: (data: Buffer) => void;
  readonly waiting: Buffer[];
  isClogged: boolean;
  isBroken: boolean;
}

/** Pipes that hold what nobody has read yet, and the descriptors that are open on our side. */
export class FakePipes {
  readonly open = new Set<number>();
  readonly #outputs = new Map<number, Output>();
  readonly #inputs = new Map<number, Input>();
  #nextFd = 100;

  openPipe(): Pipe {
    return { ours: this.openFd(), theirs: this.openFd() };
  }

  openFd(): number {
    const fd = this.#nextFd++;
    this.open.add(fd);
    return fd;
  }

  /** @param isRead whether it is read at once, as far as its reader does not pause */
  write(theirs: number, data: Buffer, isRead: boolean): void {
    const output = this.#outputs.get(theirs);
    if (output === undefined || output.isEnded) return;
    output.waiting.push(data);
    if (isRead) flow(output);
  }

  end(theirs: number): void {
    const output = this.#outputs.get(theirs);
    if (output === undefined || output.isEnded) return;
    drain(output);
    output.isEnded = true;
    output.reader.end();
  }

  clog(theirs: number): void {
    const input = this.#inputs.get(theirs);
    if (input !== undefined) input.isClogged = true;
  }

  unclog(theirs: number): void {
    const input = this.#inputs.get(theirs);
    if (input?.isClogged !== true) return;
    input.isClogged = false;
    if (input.waiting.length === 0) return;
    for (const data of input.waiting.splice(0)) input.read(data);
    input.writer.drained();
  }

  /** Its reader is gone: a write fails, and what waits is dropped. */
  break(theirs: number): void {
    const input = this.#inputs.get(theirs);
    if (input === undefined) return;
    input.isBroken = true;
    if (input.waiting.splice(0).length > 0) input.writer.broken();
  }

  readPipe(fd: number, reader: PipeReader): PipeSource {
    const output: Output = { reader, waiting: [], isPaused: false, isEnded: false };
    this.#outputs.set(fd + 1, output);
    return {
      pause: () => (output.isPaused = true),
      resume: () => {
        output.isPaused = false;
        flow(output);
      },
      drain: () => drain(output),
      close: () => {
        this.#outputs.delete(fd + 1);
        this.open.delete(fd);
      },
    };
  }

  writePipe(fd: number, writer: PipeWriter, read: (data: Buffer) => void): PipeSink {
    const input: Input = { writer, read, waiting: [], isClogged: false, isBroken: false };
    this.#inputs.set(fd + 1, input);
    return {
      get queued() {
        return input.waiting.reduce((bytes, { length }) => bytes + length, 0);
      },
      write: (data) => {
        if (input.isBroken) writer.broken();
        else if (input.isClogged) input.waiting.push(Buffer.from(data));
        else read(data);
      },
      close: () => {
        this.#inputs.delete(fd + 1);
        this.open.delete(fd);
      },
    };
  }
}

/** Until it is empty or its reader pauses. */
function flow(output: Output): void {
  while (!output.isPaused && output.waiting.length > 0)
    output.reader.data(output.waiting.shift() as Buffer);
}

/** Whatever its reader says. */
function drain({ reader, waiting }: Output): void {
  for (let data = waiting.shift(); data !== undefined; data = waiting.shift()) reader.data(data);
}
