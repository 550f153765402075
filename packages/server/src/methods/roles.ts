import { fault } from '@tsvisor/rpc';

import type { Role } from '../http/message.ts';
import type { MethodTable } from './interfaces.ts';
import type { Callable } from './namespace.ts';
import { systemNamespace } from './system.ts';

/** What each role may call. */
export type TableByRole = (role: Role) => MethodTable;

/** The methods of a table as the roles have them. */
export function tableByRole(table: MethodTable): TableByRole {
  let looking: MethodTable | undefined;
  return (role) => (role === 'full' ? table : (looking ??= lookingOnly(table)));
}

/** All methods are there, but those that would change something refuse, and some tell less. */
function lookingOnly(table: MethodTable): MethodTable {
  const looking = new Map(
    [...table].map(([name, method]): [string, Callable] => [
      name,
      method.changes ? { ...method, call: refuse } : discreetly(method),
    ]),
  );
  // What is called through system.multicall is called by the same role.
  const [system, methods] = systemNamespace(() => looking);
  for (const [name, method] of methods) looking.set(`${system}.${name}`, method);
  return looking;
}

function discreetly(method: Callable): Callable {
  const { discreet } = method;
  return discreet === undefined ? method : { ...method, call: discreet };
}

function refuse(): never {
  throw fault('FORBIDDEN', 'this account may only look');
}
