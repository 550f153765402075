import { runLine } from '../src/dispatch.ts';
import { EndOfInput, RemoteFault } from '../src/errors.ts';
import type { Plugin } from '../src/plugins.ts';
import type {
  Log,
  Method,
  Params,
  ProcessInfo,
  ProcessStatus,
  Remote,
  Result as ResultOf,
  Server,
  StreamEnd,
} from '../src/remote.ts';
import { Session, type Input, type Output } from '../src/session.ts';

export type Reply = unknown;

/** Method name to its reply: a value, an error to reject with, or what makes one of the parameters. */
export type Replies = Readonly<Record<string, Reply>>;

export class FakeRemote implements Remote {
  readonly calls: string[] = [];
  readonly #replies: Replies;
  readonly #streams: Readonly<Record<string, readonly string[] | StreamEnd>>;

  constructor(
    replies: Replies,
    streams: Readonly<Record<string, readonly string[] | StreamEnd>> = {},
  ) {
    this.#replies = { getVersion: '3.0', ...replies };
    this.#streams = streams;
  }

  call<M extends Method>(method: M, ...params: Params<M>): Promise<ResultOf<M>> {
    return this.#answer(method, params) as Promise<ResultOf<M>>;
  }

  request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#answer(method, params);
  }

  #answer(method: string, params: readonly unknown[]): Promise<unknown> {
    this.calls.push(`${method}(${params.map((each) => JSON.stringify(each)).join(', ')})`);
    const reply = this.#replies[method];
    const value: unknown =
      typeof reply === 'function' ? (reply as (...given: unknown[]) => unknown)(...params) : reply;
    if (value === undefined) return Promise.reject(fault(1, 'UNKNOWN_METHOD'));
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  }

  follow(log: Log, receive: (bytes: Uint8Array) => void, _signal: AbortSignal): Promise<StreamEnd> {
    const path = pathOf(log);
    this.calls.push(`GET ${path}`);
    const stream = this.#streams[path];
    if (stream === undefined) return Promise.resolve({ type: 'refused', status: 404 });
    if ('type' in stream) return Promise.resolve(stream);
    for (const chunk of stream) receive(Buffer.from(chunk, 'latin1'));
    return Promise.resolve({ type: 'ended' });
  }
}

function pathOf(log: Log): string {
  if (log.of === 'events') return ['/events', ...log.names].join(' ');
  return log.of === 'daemon' ? '/mainlogtail' : `/logtail/${log.name}/${log.channel}`;
}

export class FakeOutput implements Output {
  text = '';
  errors = '';
  hasColours = false;
  isTerminal = false;

  write(text: string): void {
    this.text += text;
  }

  writeError(text: string): void {
    this.errors += text;
  }
}

/** Answers with the lines given, then it is at its end. */
export class FakeInput implements Input {
  readonly #lines: string[];
  readonly #output: Output;

  constructor(lines: readonly string[], output: Output) {
    this.#lines = [...lines];
    this.#output = output;
  }

  readLine(prompt: string): Promise<string> {
    this.#output.write(prompt);
    const line = this.#lines.shift();
    return line === undefined ? Promise.reject(new EndOfInput()) : Promise.resolve(line);
  }

  readSecret(prompt: string): Promise<string> {
    return this.readLine(prompt);
  }

  close(): void {}
}

export interface Setting {
  readonly replies?: Replies;
  readonly streams?: Readonly<Record<string, readonly string[] | StreamEnd>>;
  readonly input?: readonly string[];
  readonly isInteractive?: boolean;
  readonly plugins?: readonly Plugin[];
  /** Asked for each server that is connected to. */
  readonly connect?: (server: Server) => Remote;
}

export interface Result {
  readonly out: string;
  readonly err: string;
  readonly status: number;
  readonly calls: readonly string[];
}

export function makeSession(setting: Setting = {}): {
  session: Session;
  output: FakeOutput;
  remote: FakeRemote;
} {
  const output = new FakeOutput();
  const remote = new FakeRemote(setting.replies ?? {}, setting.streams);
  const session = new Session({
    server: { url: 'http://localhost:9001', username: null, password: null },
    connect: setting.connect ?? (() => remote),
    output,
    input: new FakeInput(setting.input ?? [], output),
    interruptible: (work) => work(new AbortController().signal),
    isInteractive: setting.isInteractive ?? false,
  });
  return { session, output, remote };
}

/** Runs one line against canned replies. */
export async function run(line: string, setting: Setting = {}): Promise<Result> {
  const { session, output, remote } = makeSession(setting);
  await runLine(session, line, setting.plugins);
  return {
    out: output.text,
    err: output.errors,
    status: session.exitStatus,
    calls: remote.calls,
  };
}

export function fault(code: number, text: string): RemoteFault {
  return new RemoteFault(code, text);
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const stateCodes: Readonly<Record<string, number>> = {
  STOPPED: 0,
  STARTING: 10,
  RUNNING: 20,
  BACKOFF: 30,
  STOPPING: 40,
  EXITED: 100,
  FATAL: 200,
  UNKNOWN: 1000,
};

/** A process by its name as it is shown. */
export function processInfo(
  shown: string,
  statename: string,
  more: Partial<ProcessInfo> = {},
): ProcessInfo {
  const [group = '', name = group] = shown.split(':');
  return {
    name,
    group,
    start: 0,
    stop: 0,
    now: 0,
    state: stateCodes[statename] ?? 0,
    statename,
    spawnerr: '',
    exitstatus: 0,
    logfile: '',
    stdout_logfile: '',
    stderr_logfile: '',
    pid: statename === 'RUNNING' ? 42 : 0,
    description: statename === 'RUNNING' ? 'pid 42, uptime 0:12:21' : 'Not started',
    ...more,
  };
}

export function processResult(shown: string, status: number, description = 'OK'): ProcessStatus {
  const [group = '', name = group] = shown.split(':');
  return { group, name, status, description };
}
