import type { FcgiSocketConfig } from '@tsvisor/config';

/**
 * What the engine asks of the operating system. The real one is made of @tsvisor/posix;
 * tests pass a FakeKernel that records calls and delivers exits on demand.
 */
export interface Kernel {
  /**
   * Starts a child in its own process group with default signals.
   * @throws {SystemCallError} EAGAIN, ENOMEM …: no child came to be
   */
  spawn(request: SpawnRequest): Spawned;
  /** @throws {SystemCallError} ESRCH, EPERM. A negative pid names a process group. */
  kill(pid: number, signal: number): void;
  /** Collects one dead child, of whatever origin; undefined if there is none now. */
  waitAny(): Reaped | undefined;
  /** Collects this child; undefined while it lives. */
  waitFor(pid: number): Reaped | undefined;
  /**
   * A pipe, both ends close-on-exec; the end that stays here does not block.
   * @param owner who may open the child's end by name (/dev/stdout); our own user if undefined
   * @throws {SystemCallError} EMFILE, ENFILE
   */
  openPipe(here: 'read' | 'write', owner?: { uid: number; gid: number }): Pipe;
  closeFd(fd: number): void;
  /**
   * A listening socket that blocks, as FastCGI programs expect theirs; a file in the way of a
   * unix socket is replaced.
   *
   * @throws {SystemCallError}
   */
  listen(socket: FcgiSocketConfig): number;
  /** Whether we are pid 1 of our namespace. */
  readonly isInit: boolean;
  /**
   * The processes that are left besides us and would not outlive us, or not in order: as pid 1
   * all others of its namespace, else our descendants. No zombies.
   */
  leftovers(): readonly Leftover[];
  /** All processes that we may see, zombies too; none where the kernel does not tell (no /proc). */
  processes(): readonly ProcessEntry[];
  /** One message to the system's log. */
  syslog(text: string): void;
  /** Sends on a socket as much as goes without waiting; how many bytes that was. */
  sendNow(fd: number, data: Buffer): number;
  /** Reads a pipe's end until it is closed. The chunk given to `data` is only valid during the call. */
  readPipe(fd: number, reader: PipeReader): PipeSource;
  /** Writes to a pipe's end; what does not fit is kept in order. */
  writePipe(fd: number, writer: PipeWriter): PipeSink;
  /**
   * Attends to the program around: from now on it is told of deaths among its children, and of its
   * own end.
   *
   * @throws {SupervisorError} FAILED where that is not possible
   */
  attend(attendant: Attendant): Attendance;
  /** Does not sleep for a tenth of a millisecond: something is due any moment. */
  stayAwake(): void;
}

/** A supervisor that is a guest in a program. */
export interface Attendant {
  /** Children may have died, ours or others. */
  died(): void;
  /** The program exits now: what takes time is not done any more. */
  exiting(): void;
}

/** How a supervisor is a guest in a program, from `attend` on. */
export interface Attendance {
  /** Whether the program has to go on although it has nothing else to do. */
  keepAlive(isNeeded: boolean): void;
  end(): void;
}

export interface SpawnRequest {
  /** The file to execute; argv[0] may be another text. */
  readonly file: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string | null;
  readonly umask: number | null;
  readonly user: { readonly uid: number; readonly gid: number | null } | null;
  /** What the child gets as 0, 1 and 2. */
  readonly stdio: readonly [number, number, number];
}

export interface Spawned {
  readonly pid: number;
  /**
   * Set when the child got no further than the named step (process.md §5): `text` is what
   * belongs on its stderr. It is dead, or about to be, and is collected as any other; whatever its
   * status is then, the engine treats it as having exited with 127.
   */
  readonly stillborn?: { readonly text: string };
}

export interface Reaped {
  readonly pid: number;
  /** As waitpid(2) gives it. */
  readonly status: number;
}

/** `name`: what the kernel calls it, for people. */
export interface Leftover {
  readonly pid: number;
  readonly name: string;
}

/** A process, whoever has started it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** That it has used, and its children that it has waited for. */
  readonly cpuSeconds: number;
  /** Resident, those shared with others included. */
  readonly memoryBytes: number;
}

/** `theirs` goes to the child and is closed here after the spawn; `ours` stays. */
export interface Pipe {
  readonly ours: number;
  readonly theirs: number;
}

export interface PipeReader {
  /** Each chunk is waited for: none is left in the pipe for a moment to be read with the next. */
  readonly isUrgent?: boolean;
  data(chunk: Buffer): void;
  /** All writers have closed it, or it cannot be read any more. */
  end(): void;
}

export interface PipeSource {
  /** Back-pressure: while paused the pipe fills and its writer waits. */
  pause(): void;
  resume(): void;
  /** Reads, at once, all that is in the pipe now. */
  drain(): void;
  /** The reader is told nothing more. What others still write is dropped, and does not hurt them. */
  close(): void;
}

export interface PipeWriter {
  /** The reader is gone (EPIPE): what was queued is dropped. */
  broken(): void;
  /** All that was queued has gone to the reader. */
  drained(): void;
}

export interface PipeSink {
  /** Bytes that wait for the reader. */
  readonly queued: number;
  write(data: Buffer): void;
  close(): void;
}
