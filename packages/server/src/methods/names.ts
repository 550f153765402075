import { parseNamespec } from '@tsvisor/core';
import type { Group, Process, Supervisor } from '@tsvisor/core';
import { fault, isList, isStruct, pythonRepr } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

/** One process, or a whole group (`g:*` and `g:`). */
export type Named =
  | { readonly text: string; readonly process: Process; readonly group?: never }
  | { readonly text: string; readonly group: Group; readonly process?: never };

/** @throws {Fault} BAD_NAME with the text as given */
export function find(supervisor: Supervisor, name: RpcValue): Named {
  const text = asText(name);
  const spec = parseNamespec(text);
  const group = supervisor.group(spec.group);
  if (group === undefined) throw fault('BAD_NAME', name);
  if (spec.process === null) return { text, group };
  const process = group.process(spec.process);
  if (process === undefined) throw fault('BAD_NAME', name);
  return { text, process };
}

/** As `find`, where a whole group is no name either. */
export function findProcess(supervisor: Supervisor, name: RpcValue): Process {
  const { process } = find(supervisor, name);
  if (process === undefined) throw fault('BAD_NAME', name);
  return process;
}

/** A group by its plain name; other simple values are names that no group has. */
export function findGroup(supervisor: Supervisor, name: RpcValue): Group {
  const group = typeof name === 'string' ? supervisor.group(name) : undefined;
  if (group !== undefined) return group;
  throw isList(name) || isStruct(name) ? fault('INCORRECT_PARAMETERS') : fault('BAD_NAME', name);
}

/** @throws {Error} for what supervisord, too, calls no fault of the client: HTTP 500 */
export function asText(value: RpcValue): string {
  if (typeof value === 'string') return value;
  throw new Error(`a name is a text, not ${pythonRepr(value)}`);
}
