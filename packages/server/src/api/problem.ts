// What goes wrong, as application/problem+json (RFC 9457).
import { Fault, faultName, faults } from '@tsvisor/rpc';
import type { FaultName } from '@tsvisor/rpc';

import { HttpError, reasons } from '../http/message.ts';
import type { Header, WholeReply } from '../http/message.ts';
import { securityHeaders } from '../web/security.ts';

/** The status of a response that tells of a fault. */
export const faultStatus = {
  UNKNOWN_METHOD: 404,
  INCORRECT_PARAMETERS: 400,
  BAD_ARGUMENTS: 400,
  SIGNATURE_UNSUPPORTED: 404,
  SHUTDOWN_STATE: 503,
  BAD_NAME: 404,
  BAD_SIGNAL: 400,
  NO_FILE: 404,
  NOT_EXECUTABLE: 500,
  FAILED: 500,
  ABNORMAL_TERMINATION: 500,
  SPAWN_ERROR: 500,
  ALREADY_STARTED: 409,
  NOT_RUNNING: 409,
  SUCCESS: 200,
  ALREADY_ADDED: 409,
  STILL_RUNNING: 409,
  CANT_REREAD: 422,
  FORBIDDEN: 403,
} as const satisfies Record<FaultName, number>;

/** What is wrong with one part of a request. */
export interface Mistake {
  readonly in: 'query' | 'body' | 'path' | 'header';
  /** Of the parameter or member; null: the body as a whole. */
  readonly name: string | null;
  readonly message: string;
}

/** Where in the configuration's files an error is. */
export interface ConfigPlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly section: string | null;
  readonly option: string | null;
}

export interface ProblemDocument {
  /** `urn:tsvisor:fault:NAME`, or `about:blank`: no more than the status says. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** As the XML-RPC interface has it. */
  readonly fault: { readonly code: number; readonly name: string } | null;
  readonly mistakes: readonly Mistake[];
  readonly config: ConfigPlace | null;
}

/** A request that is answered with a problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code = 'PROBLEM';
  readonly document: ProblemDocument;
  readonly headers: readonly Header[];
  /** The connection is of no use after it. */
  readonly close: boolean;

  constructor(
    status: number,
    detail: string,
    more: Partial<Pick<ProblemDocument, 'type' | 'title' | 'fault' | 'mistakes' | 'config'>> & {
      readonly headers?: readonly Header[];
      readonly close?: boolean;
    } = {},
  ) {
    super(detail);
    const { type = 'about:blank', title = reasons[status] ?? 'Error' } = more;
    const { fault = null, mistakes = [], config = null, headers = [], close = false } = more;
    this.document = { type, title, status, detail, fault, mistakes, config };
    this.headers = headers;
    this.close = close;
  }

  get status(): number {
    return this.document.status;
  }
}

/** What a client has said wrongly: INCORRECT_PARAMETERS, with all that is wrong at once. */
export function badRequest(mistakes: readonly Mistake[]): Problem {
  const { code, doc } = faults.INCORRECT_PARAMETERS;
  const detail = mistakes.map(({ name, message }) => `${name ?? 'the body'} ${message}`).join('; ');
  return new Problem(400, detail, {
    type: typeOf('INCORRECT_PARAMETERS'),
    title: doc,
    fault: { code, name: 'INCORRECT_PARAMETERS' },
    mistakes,
  });
}

/** The problem that an error is; undefined: a bug, which is nobody's business but the log's. */
export function problemFrom(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof Fault) return problemOfFault(error);
  if (error instanceof HttpError) return problemOfStatus(error.status);
  return undefined;
}

function problemOfFault(error: Fault): Problem {
  const { code, text } = error;
  const name = faultName(code);
  if (name === 'UNKNOWN') return new Problem(500, text, { fault: { code, name } });
  return new Problem(faultStatus[name], text, {
    type: typeOf(name),
    title: faults[name].doc,
    fault: { code, name },
    config: name === 'CANT_REREAD' ? placeOf(error.cause) : null,
    // Nobody knows for how long, but it is worth another try.
    headers: name === 'SHUTDOWN_STATE' ? [['Retry-After', '5']] : [],
  });
}

const typeOf = (name: FaultName): string => `urn:tsvisor:fault:${name}`;

/** What was refused before a handler saw it; then what follows may be a body that nobody has read. */
export const problemOfStatus = (status: number): Problem =>
  new Problem(status, sentences[status] ?? reasons[status] ?? 'Error', {
    close: status === 401 || status === 408 || status === 411 || status === 413,
  });

const sentences: Readonly<Record<number, string>> = {
  400: 'the request ends before its body does, or cannot be understood',
  401: 'this server wants a name and a password',
  403: 'this account, or this page, may not do that',
  404: 'there is nothing of this name',
  405: 'this path does not take that method',
  408: 'the body of the request took too long to come',
  411: 'a body needs a Content-Length; chunks are not taken',
  413: 'the body of the request is larger than this server takes',
  426: 'this path wants a WebSocket of version 13',
};

function placeOf(cause: unknown): ConfigPlace {
  const { file, line, section, option } = (cause ?? {}) as Partial<ConfigPlace>;
  return {
    file: file ?? null,
    line: line ?? null,
    section: section ?? null,
    option: option ?? null,
  };
}

/** What every answer of this interface says, whatever it is about. */
export const commonHeaders: readonly Header[] = [['Cache-Control', 'no-store'], ...securityHeaders];

export function problemReply(problem: Problem): WholeReply {
  const body = Buffer.from(`${JSON.stringify(problem.document)}\n`);
  return {
    status: problem.status,
    headers: [
      ['Content-Type', 'application/problem+json'],
      ['Content-Length', String(body.length)],
      ...commonHeaders,
      ...problem.headers,
      // Without it clients would send the next request after this one.
      ...(problem.close ? ([['Connection', 'close']] as const) : []),
    ],
    body,
    close: problem.close,
  };
}
