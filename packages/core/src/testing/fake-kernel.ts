import type {
  Kernel,
  Leftover,
  Pipe,
  PipeReader,
  PipeSink,
  PipeSource,
  PipeWriter,
  ProcessEntry,
  Reaped,
  SpawnRequest,
  Spawned,
} from '../kernel.ts';

/** A child of the fake kernel, as a test sees it. */
export interface FakeChild {
  readonly pid: number;
  readonly request: SpawnRequest;
  /** Signals sent to it or its process group, in order. */
  readonly signals: readonly number[];
  /** What has been written to its stdin. */
  readonly stdin: string;
}

interface Child extends FakeChild {
  signals: number[];
  stdin: string;
  isReaped: boolean;
}

const systemCallError = (code: string): Error =>
  Object.assign(new Error(`${code}: as the test asked for`), { code });

/**
 * Records what the engine asks for and delivers output and exits on demand. A test that ends a
 * child calls the supervisor's `reap` afterwards, as SIGCHLD would.
 */
export class FakeKernel implements Kernel {
  /** All that were ever spawned, in order. */
  readonly children: FakeChild[] = [];
  /** The next spawns fail with these errno names. */
  readonly spawnErrors: string[] = [];
  /** The next sockets to listen on fail with these errno names. */
  readonly listenErrors: string[] = [];
  /** Signals to these pids fail with the errno name. */
  readonly killErrors = new Map<number, string>();
  isInit = false;
  /** What a sweep finds; a test takes out what has ended. */
  left: Leftover[] = [];
  /** What a look at the processes finds; only what a test puts here. */
  table: ProcessEntry[] = [];
  readonly syslogged: string[] = [];
  readonly #readers = new Map<number, PipeReader>();
  readonly #dead: Reaped[] = [];
  #nextPid = 1001;
  #nextFd = 100;

  /** The living child of that pid, or the one that was spawned last. */
  child(pid?: number): FakeChild {
    const found = pid === undefined ? this.children.at(-1) : this.#find(pid);
    if (found === undefined) throw new Error(`no child ${pid ?? ''} was spawned`);
    return found;
  }

  /** The child ends; `status` as waitpid(2) gives it: `3 << 8` for exit 3, 9 for SIGKILL. */
  end(pid: number, status: number): void {
    this.#dead.push({ pid, status });
  }

  /** The child writes to its stdout or stderr. */
  output(pid: number, fd: 1 | 2, text: string | Buffer): void {
    const theirs = this.child(pid).request.stdio[fd];
    this.#readers.get(theirs)?.data(Buffer.from(text));
  }

  spawn(request: SpawnRequest): Spawned {
    const error = this.spawnErrors.shift();
    if (error !== undefined) throw systemCallError(error);
    const child: Child = { pid: this.#nextPid++, request, signals: [], stdin: '', isReaped: false };
    this.children.push(child);
    return { pid: child.pid };
  }

  kill(pid: number, signal: number): void {
    const error = this.killErrors.get(Math.abs(pid));
    if (error !== undefined) throw systemCallError(error);
    const child = this.#find(Math.abs(pid));
    if (child === undefined || child.isReaped) throw systemCallError('ESRCH');
    child.signals.push(signal);
  }

  waitAny(): Reaped | undefined {
    const dead = this.#dead.shift();
    const child = dead && this.#find(dead.pid);
    if (child !== undefined) child.isReaped = true;
    return dead;
  }

  waitFor(pid: number): Reaped | undefined {
    const index = this.#dead.findIndex((dead) => dead.pid === pid);
    if (index === -1) return undefined;
    const child = this.#find(pid);
    if (child !== undefined) child.isReaped = true;
    return this.#dead.splice(index, 1)[0];
  }

  openPipe(): Pipe {
    const fd = this.#nextFd;
    this.#nextFd += 2;
    return { ours: fd, theirs: fd + 1 };
  }

  closeFd(): void {
    // Nothing is open here.
  }

  listen(): number {
    const error = this.listenErrors.shift();
    if (error !== undefined) throw systemCallError(error);
    return this.#nextFd++;
  }

  leftovers(): readonly Leftover[] {
    return this.left;
  }

  processes(): readonly ProcessEntry[] {
    return this.table;
  }

  syslog(text: string): void {
    this.syslogged.push(text);
  }

  stayAwake(): void {
    // Time is turned by hand.
  }

  sendNow(_fd: number, data: Buffer): number {
    return data.length;
  }

  readPipe(fd: number, reader: PipeReader): PipeSource {
    this.#readers.set(fd + 1, reader);
    return {
      pause: () => undefined,
      resume: () => undefined,
      drain: () => undefined,
      close: () => this.#readers.delete(fd + 1),
    };
  }

  writePipe(fd: number, _writer: PipeWriter): PipeSink {
    return {
      queued: 0,
      write: (data) => {
        const child = this.children.findLast((one) => one.request.stdio[0] === fd + 1);
        if (child !== undefined) (child as Child).stdin += data.toString();
      },
      close: () => undefined,
    };
  }

  #find(pid: number): Child | undefined {
    return this.children.find((child) => child.pid === pid) as Child | undefined;
  }
}
