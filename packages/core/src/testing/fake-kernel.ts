import type {
  Attendance,
  Attendant,
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
import { FakePipes } from './fake-pipes.ts';

/** A child of the fake kernel, as a test sees it. */
export interface FakeChild {
  readonly pid: number;
  readonly request: SpawnRequest;
  /** Signals sent to it or its process group, in order. */
  readonly signals: readonly number[];
  /** What it has read from its stdin. */
  readonly stdin: string;
}

interface Child extends FakeChild {
  signals: number[];
  stdin: string;
  isReaped: boolean;
}

/** How the real one sees to it that they are dead. */
const SIGKILL = 9;

const systemCallError = (code: string): Error =>
  Object.assign(new Error(`${code}: as the test asked for`), { code });

/**
 * Records what the engine asks for and delivers output and exits on demand. A supervisor that
 * was made by its constructor is told of a child's end by its `reap`, as by a handler of SIGCHLD.
 */
export class FakeKernel implements Kernel {
  /** All that were ever spawned, in order. */
  readonly children: FakeChild[] = [];
  /** The next spawns fail with these errno names. */
  readonly spawnErrors: string[] = [];
  /** The next children get no further than an error, with these texts on their stderr: they are dead. */
  readonly stillborn: string[] = [];
  /** The next children get these pids, such as those of others that were reaped. */
  readonly pids: number[] = [];
  /** The next pipes cannot be opened for these errno names. */
  readonly pipeErrors: string[] = [];
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
  /** Whether the program around would go on although it had nothing else to do. */
  isKeptAlive = false;
  readonly #pipes = new FakePipes();
  readonly #byPid = new Map<number, Child>();
  readonly #byInput = new Map<number, Child>();
  readonly #dead: Reaped[] = [];
  readonly #attending = new Set<Attendant>();
  #nextPid = 1001;

  /** Descriptors that were opened here and not closed. */
  get openFds(): ReadonlySet<number> {
    return this.#pipes.open;
  }

  /** The newest child of that pid, or the one that was spawned last. */
  child(pid?: number): FakeChild {
    const found = pid === undefined ? this.children.at(-1) : this.#byPid.get(pid);
    if (found === undefined) throw new Error(`no child ${pid ?? ''} was spawned`);
    return found;
  }

  /**
   * The child ends; `status` as waitpid(2) gives it: `3 << 8` for exit 3, 9 for SIGKILL. Supervisors
   * that attend to it collect it at once.
   */
  end(pid: number, status: number): void {
    this.#dead.push({ pid, status });
    for (const attendant of this.#attending) attendant.died();
  }

  /** The program around exits. */
  exit(): void {
    for (const attendant of this.#attending) attendant.exiting();
  }

  /** The child writes to its stdout or stderr, which is read at once unless it is paused. */
  output(pid: number, fd: 1 | 2, text: string | Buffer): void {
    this.#pipes.write(this.child(pid).request.stdio[fd], Buffer.from(text), true);
  }

  /** The child writes, and that stays in the pipe until more is read or the pipe is drained. */
  leaveInPipe(pid: number, fd: 1 | 2, text: string | Buffer): void {
    this.#pipes.write(this.child(pid).request.stdio[fd], Buffer.from(text), false);
  }

  /** The child closes its stdout or stderr. */
  endOutput(pid: number, fd: 1 | 2): void {
    this.#pipes.end(this.child(pid).request.stdio[fd]);
  }

  /** From now on the child does not read its stdin; `readStdin` ends that. */
  clogStdin(pid: number): void {
    this.#pipes.clog(this.child(pid).request.stdio[0]);
  }

  /** The child reads all that waits in its stdin. */
  readStdin(pid: number): void {
    this.#pipes.unclog(this.child(pid).request.stdio[0]);
  }

  /** The child closes its stdin. */
  closeStdin(pid: number): void {
    this.#pipes.break(this.child(pid).request.stdio[0]);
  }

  spawn(request: SpawnRequest): Spawned {
    const error = this.spawnErrors.shift();
    if (error !== undefined) throw systemCallError(error);
    const pid = this.pids.shift() ?? this.#nextPid++;
    const text = this.stillborn.shift();
    const child: Child = { pid, request, signals: [], stdin: '', isReaped: false };
    this.children.push(child);
    this.#byPid.set(pid, child);
    this.#byInput.set(request.stdio[0], child);
    if (text === undefined) return { pid };
    this.#dead.push({ pid, status: SIGKILL });
    return { pid, stillborn: { text } };
  }

  kill(pid: number, signal: number): void {
    const error = this.killErrors.get(Math.abs(pid));
    if (error !== undefined) throw systemCallError(error);
    const child = this.#byPid.get(Math.abs(pid));
    if (child === undefined || child.isReaped) throw systemCallError('ESRCH');
    child.signals.push(signal);
  }

  waitAny(): Reaped | undefined {
    return this.#collect(0);
  }

  waitFor(pid: number): Reaped | undefined {
    return this.#collect(this.#dead.findIndex((dead) => dead.pid === pid));
  }

  openPipe(): Pipe {
    const error = this.pipeErrors.shift();
    if (error !== undefined) throw systemCallError(error);
    return this.#pipes.openPipe();
  }

  closeFd(fd: number): void {
    this.#pipes.open.delete(fd);
  }

  listen(): number {
    const error = this.listenErrors.shift();
    if (error !== undefined) throw systemCallError(error);
    return this.#pipes.openFd();
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

  attend(attendant: Attendant): Attendance {
    this.#attending.add(attendant);
    return {
      keepAlive: (isNeeded) => void (this.isKeptAlive = isNeeded),
      end: () => void this.#attending.delete(attendant),
    };
  }

  stayAwake(): void {
    // Time is turned by hand.
  }

  sendNow(_fd: number, data: Buffer): number {
    return data.length;
  }

  readPipe(fd: number, reader: PipeReader): PipeSource {
    return this.#pipes.readPipe(fd, reader);
  }

  writePipe(fd: number, writer: PipeWriter): PipeSink {
    return this.#pipes.writePipe(fd, writer, (data) => {
      const child = this.#byInput.get(fd + 1);
      if (child !== undefined) child.stdin += data.toString();
    });
  }

  #collect(index: number): Reaped | undefined {
    const [dead] = index === -1 ? [] : this.#dead.splice(index, 1);
    const child = dead && this.#byPid.get(dead.pid);
    if (child !== undefined) child.isReaped = true;
    return dead;
  }
}
