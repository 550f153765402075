import { SupervisorError } from '@tsvisor/core';
import type { Process, Supervisor } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { Reply, Request } from '../http/message.ts';
import { refusalOfMethod } from '../http/replies.ts';
import { securityHeaders } from '../web/security.ts';
import { readinessOf } from './readiness.ts';
import type { ProgramReadiness, Readiness } from './readiness.ts';

/** Whom the answer is for: names of programs are not for everybody. */
export type Audience = 'anybody' | 'known';

/** More programs than these in one question are a mistake. */
const MOST_ASKED = 1000;

/**
 * `/healthz` and `/readyz`.
 *
 * @throws {HttpError} 404 for a program that there is not, 400 for a question that is none
 */
export function probe(request: Request, supervisor: Supervisor, audience: Audience): Reply {
  const refusal = refusalOfMethod(request.method);
  if (refusal !== undefined) return refusal;
  if (request.path === '/healthz') return alive(request, supervisor, audience);
  return ready(request, supervisor, audience);
}

/** That this is answered is the answer, also while the daemon stops: nobody is to kill it then. */
function alive(request: Request, { state }: Supervisor, audience: Audience): Reply {
  if (wantsJson(request)) return json(200, { status: 'ok', state });
  const isVerbose = queryOf(request).has('verbose') && audience === 'known';
  return text(200, isVerbose ? `ok\nsupervisor ${state}\n` : 'ok\n');
}

function ready(request: Request, supervisor: Supervisor, audience: Audience): Reply {
  const query = queryOf(request);
  const asked = askedFor(query.getAll('program'), supervisor);
  // Who has no password is not told which names there are.
  if (asked === undefined && audience === 'known') throw new HttpError(404);
  const readiness = readinessOf(supervisor, asked ?? null);
  const isReady = readiness.isReady && asked !== undefined;
  const status = isReady ? 200 : 503;
  const isVerbose = query.has('verbose');
  if (wantsJson(request)) {
    const programs =
      audience === 'known' ? shown(readiness, isVerbose).map(programJson) : undefined;
    return json(status, { ready: isReady, state: readiness.state, programs });
  }
  const first = isReady ? 'ok' : 'not ready';
  const lines = audience === 'known' ? details(readiness, isVerbose) : [];
  return text(status, [first, ...lines, ''].join('\n'));
}

/** null: all that are due; undefined: one of the names is nobody's. */
function askedFor(
  names: readonly string[],
  supervisor: Supervisor,
): readonly Process[] | null | undefined {
  if (names.length === 0) return null;
  if (names.length > MOST_ASKED || names.includes('')) throw new HttpError(400);
  try {
    return [...new Set(names.flatMap((name) => supervisor.find(name)))];
  } catch (error) {
    if (error instanceof SupervisorError && error.code === 'BAD_NAME') return undefined;
    throw error;
  }
}

/** Those that are not ready, or all. */
const shown = ({ programs }: Readiness, isVerbose: boolean): readonly ProgramReadiness[] =>
  isVerbose ? programs : programs.filter(({ isReady }) => !isReady);

function details(readiness: Readiness, isVerbose: boolean): string[] {
  const { state } = readiness;
  const supervisor = isVerbose || state !== 'RUNNING' ? [`supervisor ${state}`] : [];
  const programs = shown(readiness, isVerbose).map(
    ({ program, state: its, why }) => `${program} ${its}${why === null ? '' : `: ${oneLine(why)}`}`,
  );
  return [...supervisor, ...programs];
}

const programJson = ({ program, isReady, state, why }: ProgramReadiness): object => ({
  program,
  ready: isReady,
  state,
  why,
});

const oneLine = (words: string): string => words.replaceAll(/\s+/g, ' ');

const queryOf = ({ query }: Request): URLSearchParams => new URLSearchParams(query);

const wantsJson = (request: Request): boolean =>
  /(?:^|,)\s*application\/json\s*(?:[;,]|$)/i.test(request.header('accept') ?? '');

const json = (status: number, document: object): Reply =>
  reply(status, 'application/json', `${JSON.stringify(document)}\n`);

const text = (status: number, body: string): Reply =>
  reply(status, 'text/plain; charset=utf-8', body);

function reply(status: number, type: string, words: string): Reply {
  const body = Buffer.from(words);
  return {
    status,
    headers: [
      ['Content-Length', String(body.length)],
      ['Content-Type', type],
      ['Cache-Control', 'no-store'],
      ['Vary', 'Accept'],
      ...securityHeaders,
    ],
    body,
  };
}
