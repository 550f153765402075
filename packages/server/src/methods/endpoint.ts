import { traceback } from '@tsvisor/core';
import type { Logger } from '@tsvisor/core';
import {
  COMPACT_TYPE,
  Fault,
  decodeRequest,
  encodeCompact,
  encodeFault,
  encodeResponseBody,
  findMethod,
  pythonRepr,
} from '@tsvisor/rpc';
import type { RpcRequest, RpcValue } from '@tsvisor/rpc';

import { HttpError } from '../http/message.ts';
import type { Reply, Request } from '../http/message.ts';
import type { MethodTable } from './interfaces.ts';

/** `POST /RPC2`: one XML-RPC call (rpc.md §5-§7). */
export async function rpcEndpoint(
  request: Request,
  table: MethodTable,
  logger: Logger,
  read: (body: Buffer) => RpcRequest = decodeRequest,
): Promise<Reply> {
  if (request.method !== 'POST') throw new HttpError(400);
  const body = await request.body();
  const call = decode(body, read, logger);
  let result: RpcValue | Promise<RpcValue>;
  try {
    result = dispatch(call, table, logger);
    if (!(result instanceof Promise)) return success(result, request);
  } catch (error) {
    return failed(error, (text) =>
      logger.log(
        'critical',
        `Handling XML-RPC request with data ${shown(body)} raised an unexpected exception: ${text}`,
      ),
    );
  }
  try {
    return success(await result, request);
  } catch (error) {
    return failed(error, (text) => logger.log('error', `XML-RPC response callback error:${text}`));
  }
}

/**
 * Reads calls. One without parameters is kept until the next: who polls sends the same again, and
 * to read it is a tenth of what a small request costs.
 */
export function pollReader(): (body: Buffer) => RpcRequest {
  let last: { readonly body: Buffer; readonly call: RpcRequest } | undefined;
  return (body) => {
    if (last?.body.equals(body) === true) return last.call;
    const call = decodeRequest(body);
    if (call.params.length === 0 && body.length <= SHOWN_BYTES) last = { body, call };
    return call;
  };
}

function decode(body: Buffer, read: (body: Buffer) => RpcRequest, logger: Logger): RpcRequest {
  try {
    return read(body);
  } catch (error) {
    const { reason = 'unmarshallable' } = error as { reason?: string };
    logger.log('error', `XML-RPC request data ${shown(body)} is invalid: ${reason}`);
    throw new HttpError(400);
  }
}

function dispatch(
  { methodName, params }: RpcRequest,
  table: MethodTable,
  logger: Logger,
): RpcValue | Promise<RpcValue> {
  logger.log('trace', `XML-RPC method called: ${methodName}()`);
  try {
    const result = findMethod(table, methodName).call(params);
    logger.log('trace', `XML-RPC method ${methodName}() returned successfully`);
    return result;
  } catch (error) {
    if (error instanceof Fault) {
      const { code, text } = error;
      logger.log('trace', `XML-RPC method ${methodName}() returned fault: [${code}] ${text}`);
    }
    throw error;
  }
}

/** A fault is an answer; anything else is told to the log and nobody else. */
function failed(error: unknown, report: (text: string) => void): Reply {
  if (error instanceof Fault) return reply(Buffer.from(encodeFault(error)));
  report(traceback(error));
  throw new HttpError(500);
}

function success(result: RpcValue, request: Request): Reply {
  const compact = request.header('accept')?.includes(COMPACT_TYPE) === true;
  const body = compact ? encodeCompact(result) : undefined;
  return body === undefined ? reply(encodeResponseBody(result)) : reply(body, COMPACT_TYPE);
}

function reply(body: Buffer, type = 'text/xml'): Reply {
  return {
    status: 200,
    headers: [
      ['Content-Type', type],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

/** A request may be megabytes of somebody's data; its beginning tells which it was. */
const SHOWN_BYTES = 4096;
const shown = (body: Buffer): string => pythonRepr(body.toString('utf8', 0, SHOWN_BYTES));
