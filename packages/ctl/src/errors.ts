import { pythonRepr } from '@tsvisor/config';

/** The daemon's answer that it could not do what was asked. */
export class RemoteFault extends Error {
  override readonly name = 'RemoteFault';
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(`<Fault ${code}: ${pythonRepr(text)}>`);
    this.code = code;
    this.text = text;
  }
}

/** The account that was given may look and change nothing. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';

  /** @param what the process or group that was not touched; null: no particular one */
  constructor(what: string | null) {
    const why = 'forbidden: this account may only look';
    super(what === null ? `ERROR: ${why}` : `${what}: ERROR (${why})`);
  }
}

/** An HTTP status other than 200 in answer to a call. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError';
  readonly status: number;

  constructor(status: number, reason: string) {
    // The address is what supervisorctl shows for sockets of every kind.
    super(`<ProtocolError for 127.0.0.1/RPC2: ${status} ${reason}>`);
    this.status = status;
  }
}

/** What supervisorctl does not foresee either; `pythonName` is how it calls the exception. */
export class UnforeseenError extends Error {
  override readonly name = 'UnforeseenError';
  readonly pythonName: string;

  constructor(pythonName: string, message: string) {
    super(message);
    this.pythonName = pythonName;
  }
}

/** The user's input is at its end. */
export class EndOfInput extends UnforeseenError {
  constructor() {
    super('EOFError', 'EOF when reading a line');
  }
}

/** The user pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Our output cannot be written; without a message: whoever read it has gone away. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

interface SystemError {
  readonly code: string;
  readonly errno?: number;
}

/** The error code of the operating system (`ECONNREFUSED`), if this is such an error. */
export function systemErrorCode(error: unknown): string | undefined {
  // By its code and not its class: jest's realm has its own Error.
  const code = (error as SystemError | null)?.code;
  return typeof code === 'string' && /^E[A-Z0-9_]+$/.test(code) ? code : undefined;
}

/** How Python names these errors, and their text; in the first column Node's code. */
const pythonErrors: Readonly<
  Record<string, readonly [name: string, text: string, errno?: number]>
> = {
  ENOENT: ['FileNotFoundError', 'No such file or directory', 2],
  EACCES: ['PermissionError', 'Permission denied', 13],
  EPERM: ['PermissionError', 'Operation not permitted', 1],
  ECONNREFUSED: ['ConnectionRefusedError', 'Connection refused', 111],
  ECONNRESET: ['ConnectionResetError', 'Connection reset by peer', 104],
  EPIPE: ['BrokenPipeError', 'Broken pipe', 32],
  ETIMEDOUT: ['TimeoutError', 'Connection timed out', 110],
  EHOSTUNREACH: ['OSError', 'No route to host', 113],
  ENETUNREACH: ['OSError', 'Network is unreachable', 101],
  ENOTDIR: ['NotADirectoryError', 'Not a directory', 20],
  ENAMETOOLONG: ['OSError', 'AF_UNIX path too long'],
  ENOTSOCK: ['OSError', 'Socket operation on non-socket', 88],
  ENOTFOUND: ['socket.gaierror', 'Name or service not known', -2],
  EAI_AGAIN: ['socket.gaierror', 'Temporary failure in name resolution', -3],
};

/** `ConnectionRefusedError` and `[Errno 111] Connection refused`. */
export function pythonError(error: unknown): { readonly name: string; readonly text: string } {
  if (error instanceof RemoteFault) return { name: 'xmlrpc.client.Fault', text: error.message };
  if (error instanceof HttpStatusError) {
    return { name: 'xmlrpc.client.ProtocolError', text: error.message };
  }
  if (error instanceof UnforeseenError) return { name: error.pythonName, text: error.message };
  const known = pythonErrors[systemErrorCode(error) ?? ''];
  if (known !== undefined) {
    const [name, text, errno] = known;
    // The numbers are Linux's; elsewhere Node knows better.
    return { name, text: errno === undefined ? text : `[Errno ${errno}] ${text}` };
  }
  const system = (error as Partial<SystemError> | null)?.errno;
  const text = String((error as Error | null)?.message ?? error);
  if (typeof system === 'number') return { name: 'OSError', text: `[Errno ${-system}] ${text}` };
  return { name: 'Exception', text };
}

/** The line for whatever else went wrong in a command. */
export function errorLine(error: unknown): string {
  const { name, text } = pythonError(error);
  return `error: <class '${name}'>, ${text}: file: tsvctl line: 0`;
}
