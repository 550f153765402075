import { traceback } from '@tsvisor/core';
import type { Clock, Logger, Supervisor } from '@tsvisor/core';
import { Fault, faults, findMethod, pythonStr } from '@tsvisor/rpc';

import { HttpError } from '../http/message.ts';
import type { Header, Reply, Request } from '../http/message.ts';
import { errorReply } from '../http/replies.ts';
import { encodePercent } from '../http/target.ts';
import type { MethodTable } from '../methods/interfaces.ts';
import { findProcess } from '../methods/names.ts';
import { inNameOrder } from '../methods/order.ts';
import { performAction, unexpected } from './actions.ts';
import type { Call } from './actions.ts';
import { formValues } from './form.ts';
import { isCrossSite } from './origin.ts';
import { statusPage } from './status-page.ts';
import { tailPage } from './tail-page.ts';

export interface PagesContext {
  readonly supervisor: Supervisor;
  /** The built-in methods, which the pages use whatever clients may call. */
  readonly methods: MethodTable;
  readonly version: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** What redirections name when the client does not: `host:port`. */
  readonly address: string;
}

type Form = ReadonlyMap<string, string>;
type Page = (request: Request, form: Form, context: PagesContext) => Reply | Promise<Reply>;

/** By path; `/` is the first (web.md §1). */
const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['index.html', indexPage],
  ['tail.html', tail],
  ['ok.html', ok],
]);

/** The page that a request is for; undefined if it is for none. */
export function pageFor({ method, path }: Request): Page | undefined {
  if (method !== 'GET' && method !== 'POST') return undefined;
  return pages.get(path.replace(/^\/+/, '') || 'index.html');
}

/** Answers for a page; what fails in it is in the log, and a 500. */
export async function answerPage(
  page: Page,
  request: Request,
  context: PagesContext,
): Promise<Reply> {
  if (request.parameters !== null) throw new HttpError(404);
  const body = request.method === 'POST' ? (await request.body()).toString() : '';
  try {
    return await page(request, formValues(request.query, body), context);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const text = traceback(error);
    context.logger.log('error', `Web interface error:${text}`);
    throw new HttpError(500);
  }
}

async function indexPage(request: Request, form: Form, context: PagesContext): Promise<Reply> {
  const { supervisor, version, clock } = context;
  const action = form.get('action');
  const message =
    action === undefined ? form.get('message') : await act(action, request, form, context);
  if (supervisor.state !== 'RUNNING') throw new Fault(faults.SHUTDOWN_STATE.code, 'SHUTDOWN_STATE');
  if (action !== undefined) {
    const location = `${serverUrl(request, context)}/?message=${encodePercent(message ?? '')}`;
    const { status, headers, body } = errorReply(301);
    const length = headers.filter(([name]) => name === 'Content-Length');
    return {
      status,
      headers: [['Location', location], ['Content-Type', 'text/html'], ...uncached, ...length],
      body,
    };
  }
  const processes = inNameOrder(supervisor).map((process) => process.info());
  const year = new Date(clock.now()).getFullYear();
  return html(statusPage({ processes, message, version, year }));
}

function act(
  action: string,
  request: Request,
  form: Form,
  { supervisor, methods, clock }: PagesContext,
): Promise<string> {
  if (isCrossSite(request)) throw new HttpError(403);
  return performAction({
    action,
    processName: form.get('processname'),
    call: callsOf(methods),
    isProcess: (name) => isProcess(supervisor, name),
    now: () => new Date(clock.now()),
  });
}

function isProcess(supervisor: Supervisor, name: string): boolean {
  try {
    findProcess(supervisor, name);
    return true;
  } catch {
    // BAD_NAME is the only way to fail.
    return false;
  }
}

/** Always `http:`, with the name by which the client knows us. */
function serverUrl(request: Request, { address }: PagesContext): string {
  const host = (request.header('host')?.trim() || address).replace(/:80$/, '');
  return `http://${host}`.replace(/\/$/, '');
}

const SHORTEST_TAIL = 1024;

async function tail(_request: Request, form: Form, { methods }: PagesContext): Promise<Reply> {
  const process = form.get('processname');
  const asked = form.get('limit') ?? '';
  const limit = Math.max(SHORTEST_TAIL, /^\d+$/.test(asked) ? Number(asked) : 0);
  const content =
    process === undefined
      ? 'No process name found'
      : await logEnd(callsOf(methods), process, limit);
  return html(tailPage({ process, limit, content }));
}

async function logEnd(call: Call, process: string, limit: number): Promise<string> {
  try {
    return pythonStr(await call('supervisor.readProcessStdoutLog', [process, -limit, 0]));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === faults.NO_FILE.code) return `No file for ${process}`;
    return `ERROR: ${unexpected(error)}`;
  }
}

function ok(): Reply {
  const body = Buffer.from('OK');
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/plain'],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

const callsOf =
  (methods: MethodTable): Call =>
  async (name, parameters) =>
    findMethod(methods, name).call(parameters);

const uncached: readonly Header[] = [
  ['Pragma', 'no-cache'],
  ['Cache-Control', 'no-cache'],
  ['Expires', 'Thu, 01 Jan 1970 00:00:00 GMT'],
];

function html(page: string): Reply {
  const body = Buffer.from(page);
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/html;charset=utf-8'],
      ...uncached,
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}
