import { fault } from '@tsvisor/rpc';
import type { NamedMethod } from '@tsvisor/rpc';

import type { MethodContext, MethodHandler } from './context.ts';
import { callable, localName } from './namespace.ts';
import type { Callable, Namespace } from './namespace.ts';

type Handlers = Readonly<Record<string, MethodHandler>>;

/**
 * A namespace of rows of the contract, which the handlers of their names answer; `discreet` are
 * those that answer otherwise to whoever may only look.
 */
export function tableNamespace(
  name: string,
  rows: readonly NamedMethod[],
  handlers: Handlers,
  context: MethodContext,
  discreet: Handlers = {},
): Namespace {
  const answers = rows.map(
    (row) => [localName(row), answered(row, handlers, discreet, context)] as const,
  );
  return [name, new Map(answers)];
}

function answered(
  row: NamedMethod,
  handlers: Handlers,
  discreet: Handlers,
  context: MethodContext,
): Callable {
  const original = localName(row.aliasOf === undefined ? row : { ...row, name: row.aliasOf });
  const handler = handlers[original];
  if (handler === undefined) throw new Error(`internal error: nothing answers ${row.name}`);
  const by =
    (answer: MethodHandler): Callable['call'] =>
    (parameters) => {
      if (row.gated && isLeaving(context)) throw fault('SHUTDOWN_STATE');
      const filled = row.params.map((param, at) => parameters[at] ?? param.default ?? null);
      return answer(context, ...filled);
    };
  const other = discreet[original];
  return callable(row, by(handler), other && by(other));
}

const isLeaving = ({ supervisor: { state } }: MethodContext): boolean =>
  state === 'SHUTDOWN' || state === 'RESTARTING';
