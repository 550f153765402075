import {
  Fault,
  OWN_NAMESPACE,
  fault,
  findMethod,
  inNamespace,
  isList,
  isStruct,
  pythonRepr,
  systemMethods,
} from '@tsvisor/rpc';
import type { RpcStruct, RpcValue } from '@tsvisor/rpc';

import { callable, localName } from './namespace.ts';
import type { Callable, Namespace } from './namespace.ts';

type Table = ReadonlyMap<string, Callable>;
type Handler = (table: Table, parameter: RpcValue) => RpcValue | Promise<RpcValue>;

const handlers: Readonly<Record<keyof typeof systemMethods, Handler>> = {
  listMethods: (table) =>
    [...table.keys()].filter((name) => !name.startsWith(`${OWN_NAMESPACE}.`)).toSorted(),
  methodHelp: (table, name) => described(table, name).help,
  methodSignature: (table, name) => {
    const { signature } = described(table, name);
    if (signature === undefined) throw fault('SIGNATURE_UNSUPPORTED');
    return [...signature];
  },
  multicall,
};

/** `system.*`: what can be called; `table` is all of it, these included. */
export function systemNamespace(table: () => Table): Namespace {
  const rows = inNamespace('system', systemMethods).map((row): [string, Callable] => {
    const name = localName(row);
    const handler = handlers[name as keyof typeof handlers];
    return [name, callable(row, (parameters) => handler(table(), parameters[0] ?? null))];
  });
  return ['system', new Map(rows)];
}

function described(table: Table, name: RpcValue): Callable {
  const found = typeof name === 'string' ? table.get(name) : undefined;
  if (found === undefined) throw fault('SIGNATURE_UNSUPPORTED');
  return found;
}

/**
 * Makes the calls one after the other; one that takes time holds up those after it. Results
 * stand by themselves, not each in an array of one, as supervisord's clients know it.
 */
function multicall(table: Table, value: RpcValue): RpcValue | Promise<RpcValue> {
  const calls = listed(value);
  const results: RpcValue[] = [];
  for (const [at, call] of calls.entries()) {
    const result = attempt(table, call);
    if (result instanceof Promise) {
      return finishMulticall(table, calls.slice(at + 1), results, result);
    }
    results.push(result);
  }
  return results;
}

async function finishMulticall(
  table: Table,
  calls: readonly RpcValue[],
  results: RpcValue[],
  first: Promise<RpcValue>,
): Promise<RpcValue> {
  results.push(await settled(first));
  for (const call of calls) results.push(await settled(attempt(table, call)));
  return results;
}

function attempt(table: Table, call: RpcValue): RpcValue | Promise<RpcValue> {
  if (!isStruct(call)) throw new Error(`a call in system.multicall is ${pythonRepr(call)}`);
  try {
    const { methodName: name = null, params = [] } = call;
    if (name === null) throw fault('INCORRECT_PARAMETERS', 'No methodName');
    if (name === 'system.multicall') {
      throw fault('INCORRECT_PARAMETERS', 'Recursive system.multicall forbidden');
    }
    if (typeof name !== 'string') throw fault('UNKNOWN_METHOD');
    return findMethod(table, name).call(listed(params));
  } catch (error) {
    return failure(error);
  }
}

/** A text is the list of its letters, as it is to Python. */
function listed(value: RpcValue): readonly RpcValue[] {
  if (typeof value === 'string') return Array.from(value);
  if (isList(value)) return value;
  throw fault('INCORRECT_PARAMETERS');
}

async function settled(result: RpcValue | Promise<RpcValue>): Promise<RpcValue> {
  try {
    return await result;
  } catch (error) {
    return failure(error);
  }
}

/** What an error of one call is among the results. */
function failure(error: unknown): RpcStruct {
  if (error instanceof Fault) return { faultCode: error.code, faultString: error.text };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const { code, text } = fault('FAILED', `<class '${name}'>:${message}`);
  return { faultCode: code, faultString: text };
}
