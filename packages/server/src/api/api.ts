// The JSON API: /api/v1 and all that is below it.
import { traceback } from '@tsvisor/core';
import type { Logger } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import type { Reply, Request } from '../http/message.ts';
import type { MethodTable } from '../methods/interfaces.ts';
import { tableByRole } from '../methods/roles.ts';
import { isCrossSite } from '../web/origin.ts';
import { inputOf } from './input.ts';
import { finderOf, partsBelow } from './match.ts';
import { methodsOf } from './operation.ts';
import type { ApiContext, Call, Result } from './operation.ts';
import { operations } from './operations.ts';
import { API_BASE } from './paths.ts';
import { Problem, commonHeaders, problemFrom, problemReply } from './problem.ts';

export interface ApiOptions extends ApiContext {
  /** The built-in methods, whatever clients may call by XML-RPC. */
  readonly methods: MethodTable;
  readonly logger: Logger;
}

export class Api {
  readonly #options: ApiOptions;
  readonly #methods: ReturnType<typeof tableByRole>;
  readonly #find = finderOf(operations);

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#methods = tableByRole(options.methods);
  }

  /** Answers whatever is asked: what goes wrong is a problem, too. */
  async answer(request: Request): Promise<Reply> {
    try {
      return await this.#perform(request);
    } catch (error) {
      const problem = problemFrom(error);
      if (problem !== undefined) return problemReply(problem);
      const { method, target } = request;
      this.#options.logger.log(
        'error',
        `Handling ${method} ${target} raised an unexpected exception: ${traceback(error)}`,
      );
      return problemReply(new Problem(500, 'the main log tells what has gone wrong'));
    }
  }

  async #perform(request: Request): Promise<Reply> {
    if (isCrossSite(request)) {
      throw new Problem(403, 'this request is from a page of another site');
    }
    const found = this.#find(partsBelow(API_BASE, request.target) ?? [NOWHERE]);
    if (found === undefined) throw new Problem(404, `there is no ${request.path}`);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const operation = found.operations.get(method);
    if (operation === undefined) throw notAllowed(request, [...found.operations.keys()]);
    // Before a body is read: whoever may not do it need not send it.
    if (operation.changes && request.role !== 'full') {
      throw fault('FORBIDDEN', 'this account may only look');
    }
    const { supervisor, daemon, mainLog } = this.#options;
    const call: Call = {
      supervisor,
      daemon,
      mainLog,
      request,
      path: found.path,
      input: await inputOf(request, operation),
      method: methodsOf(this.#methods(request.role)),
      forget: (work) => void work.catch((error: unknown) => this.#failedLater(request, error)),
    };
    if (operation.changes && supervisor.state !== 'RUNNING') refuseWhileLeaving(operation.id);
    return replyFor(await operation.handle(call as Call<never>));
  }

  /** The client has been told that it has begun. */
  #failedLater({ method, target }: Request, error: unknown): void {
    const why = problemFrom(error)?.message ?? traceback(error);
    this.#options.logger.log('warn', `${method} ${target} failed with nobody waiting: ${why}`);
  }
}

/** A part that no template has. */
const NOWHERE = '\0';

/** The event goes out to the very end, as the method does. */
function refuseWhileLeaving(id: string): void {
  if (id !== 'sendRemoteEvent') throw fault('SHUTDOWN_STATE');
}

function notAllowed({ method, path }: Request, methods: readonly string[]): Problem {
  const allowed = methods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', ');
  return new Problem(405, `${path} takes ${allowed}, not ${method}`, {
    headers: [['Allow', allowed]],
  });
}

function replyFor(result: Result): Reply {
  if (result.reply !== undefined) return result.reply;
  const { status, document } = result;
  if (document === undefined) return { status, headers: commonHeaders, body: Buffer.alloc(0) };
  const body = Buffer.from(`${JSON.stringify(document)}\n`);
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
      ...commonHeaders,
    ],
    body,
  };
}
