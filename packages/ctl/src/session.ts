import { exitStatus } from './exit-status.ts';
import { statusTable, type StatusRow } from './format/status-table.ts';
import type { Connect, Method, Params, Remote, Result, Server } from './remote.ts';

/** Where output goes. */
export interface Output {
  write(text: string): void;
  writeError(text: string): void;
  /** Whether standard output is a terminal that may show colours. */
  readonly hasColours: boolean;
  readonly isTerminal: boolean;
  /** Takes the rows of a status table instead of their text. */
  takeRows?(rows: readonly StatusRow[]): void;
}

/** Where a user's answers come from. */
export interface Input {
  /** One line without its end. Rejects with EndOfInput, or Interrupted after Ctrl-C. */
  readLine(prompt: string, interrupted?: AbortSignal): Promise<string>;
  /** Like readLine, but what is typed is not shown. */
  readSecret(prompt: string): Promise<string>;
  /** Watches for keys that are pressed while nothing is asked; absent if there is no keyboard. */
  watchKeys?(keys: readonly string[]): { readonly pressed: AbortSignal; close(): void };
  close(): void;
}

/** Runs something that Ctrl-C ends early instead of the program. */
export type Interruptible = <T>(work: (interrupted: AbortSignal) => Promise<T>) => Promise<T>;

export interface SessionOptions {
  readonly server: Server;
  readonly connect: Connect;
  readonly output: Output;
  readonly input: Input;
  readonly interruptible: Interruptible;
  /** Ask before what cannot be undone, and for a password where one is needed. */
  readonly isInteractive: boolean;
  /** Says on standard error why a daemon may not have been reached. */
  readonly explain?: ((server: Server, error: unknown) => void) | undefined;
}

/** What a command works with: the daemon, the user, and the exit status it leaves. */
export class Session {
  exitStatus: number = exitStatus.success;
  readonly input: Input;
  readonly interruptible: Interruptible;
  readonly isInteractive: boolean;
  readonly #connect: Connect;
  readonly #explain: SessionOptions['explain'];
  #output: Output;
  #server: Server;
  #remote: Remote | undefined;
  #complaintsAside = false;

  constructor(options: SessionOptions) {
    this.input = options.input;
    this.#output = options.output;
    this.interruptible = options.interruptible;
    this.isInteractive = options.isInteractive;
    this.#connect = options.connect;
    this.#explain = options.explain;
    this.#server = options.server;
  }

  get output(): Output {
    return this.#output;
  }

  get server(): Server {
    return this.#server;
  }

  /** From now on talks to another daemon, or with other credentials. */
  set server(server: Server) {
    this.#server = server;
    this.#remote = undefined;
  }

  get remote(): Remote {
    this.#remote ??= this.#connect(this.#server);
    return this.#remote;
  }

  call<M extends Method>(method: M, ...params: Params<M>): Promise<Result<M>> {
    return this.remote.call(method, ...params);
  }

  print(line: string): void {
    if (this.#complaintsAside) this.#output.writeError(`${line}\n`);
    else this.#output.write(`${line}\n`);
  }

  /** From here on lines go to standard error: standard output holds one JSON document or nothing. */
  setComplaintsAside(aside: boolean): void {
    this.#complaintsAside = aside;
  }

  printStatus(rows: readonly StatusRow[]): void {
    if (this.#output.takeRows !== undefined) this.#output.takeRows(rows);
    else if (rows.length > 0) this.print(statusTable(rows, this.#output.hasColours).join('\n'));
  }

  /** Runs something and returns what it printed, complaints too. */
  async captured(work: () => Promise<void>): Promise<string> {
    const real = this.#output;
    let text = '';
    const write = (more: string): void => {
      text += more;
    };
    const { hasColours, isTerminal } = real;
    this.#output = { write, writeError: write, hasColours, isTerminal };
    try {
      await work();
    } finally {
      this.#output = real;
    }
    return text;
  }

  printJson(document: object): void {
    this.#output.write(`${JSON.stringify(document, null, 2)}\n`);
  }

  /** Prints why a command failed and sets the exit status. */
  fail(line: string, status: number = exitStatus.generic): void {
    this.print(line);
    this.exitStatus = status;
  }

  explainUnreachable(error: unknown): void {
    this.#explain?.(this.#server, error);
  }
}
