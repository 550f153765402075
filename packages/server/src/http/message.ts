/** A request whose head has arrived; the body is read when asked for. */
export interface Request {
  readonly method: string;
  /** What follows the method on the request line, as sent. */
  readonly target: string;
  /** Without query and parameters, percent-decoded. */
  readonly path: string;
  /** What follows the first `;` of the path, percent-decoded; null if there is none. */
  readonly parameters: string | null;
  /** What follows the first `?`, still encoded. */
  readonly query: string;
  /** `1.1`, `1.0` …; null if the request line names none. */
  readonly version: string | null;
  /** The request line, for the access log. */
  readonly line: string;
  readonly peer: Peer;
  /** What the client may do: everything, or look and change nothing. */
  readonly role: Role;
  /** How the client calls us. */
  readonly scheme: 'http' | 'https';
  /** The address and port that the client came in by; null on a unix socket. */
  readonly local: Peer | null;
  /** Whether the client wants to go on by WebSocket. */
  readonly offersWebSocket: boolean;
  /** The value of a header, by its name in lower case. */
  header(name: string): string | undefined;
  /** Waits for something; meanwhile the connection makes room when room is needed. */
  patiently<T>(work: Promise<T>): Promise<T>;
  /** @throws {HttpError} 411 no length, 413 too large, 400 cut short or too slow */
  body(): Promise<Buffer>;
}

export type Role = 'full' | 'readonly';

/** Clients of a unix socket are `localhost`, port 0. */
export interface Peer {
  readonly host: string;
  readonly port: number;
}

export type Header = readonly [name: string, value: string];

export type Reply = WholeReply | EndlessReply | UpgradeReply;

/** All there is to say is known. */
export interface WholeReply {
  readonly status: number;
  /** In this order, after Server and Date. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** The connection ends after it. */
  readonly close?: boolean;
}

/** Goes on until one side closes. */
export interface EndlessReply {
  readonly status: number;
  readonly headers: readonly Header[];
  /** Begins to write; what it returns is called once, when the client has gone. */
  readonly stream: (sink: Sink) => () => void;
}

/** The connection goes on as a WebSocket; only to a request that offers one. */
export interface UpgradeReply {
  readonly status: 101;
  readonly headers: readonly [];
  /** Begins to talk, over what is open from now on. */
  readonly upgrade: (line: Line) => Talk;
}

/** A WebSocket, as who talks over it sees it. */
export interface Line {
  send(text: string): void;
  /** What has been sent and the client has not taken yet. */
  readonly waitingBytes: number;
  /** Hears nothing for now, or hears again. */
  deafen(isDeaf: boolean): void;
  /** Lets what was sent go out first. */
  hangUp(code: number, reason: string): void;
}

/** Who talks to a client over a WebSocket. */
export interface Talk {
  heard(text: string): void;
  /** The client has taken all that was sent to it. */
  drained(): void;
  /** The server closes: a last word may be sent. */
  ends(): void;
  /** The client has gone; called once. */
  gone(): void;
}

export interface Sink {
  /** False: the client reads too slowly; wait for `drained` before writing more. */
  write(chunk: Buffer): boolean;
  /** Called each time that a client which was too slow has caught up. */
  drained(run: () => void): void;
  /** Ends the reply. */
  end(): void;
}

export type Handler = (request: Request) => Reply | Promise<Reply>;

/** A request that is answered with an error page. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code = 'HTTP';
  readonly status: number;

  constructor(status: number, message: string = reasons[status] ?? 'Error') {
    super(message);
    this.status = status;
  }
}

/** The phrase after the code in a status line. */
export const reasons: Readonly<Record<number, string>> = {
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  303: 'See Other',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  411: 'Length Required',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
