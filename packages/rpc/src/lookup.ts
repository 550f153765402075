/**
 * From the name in a request to what answers it. Only a fixed map is asked, so that no name,
 * however odd, reaches an object (CVE-2017-11610 was supervisord's doing otherwise).
 */
import { fault } from './faults.ts';

/** Whether a method of a plug-in may be called from outside: not if it starts with `_`. */
export function isPublic(name: string): boolean {
  return name !== '' && !name.startsWith('_') && !name.includes('.');
}

/** Joins namespaces into one table of `namespace.name`; what is not public stays out. */
export function methodTable<T>(
  namespaces: Iterable<readonly [namespace: string, methods: Iterable<readonly [string, T]>]>,
): ReadonlyMap<string, T> {
  const table = new Map<string, T>();
  for (const [namespace, methods] of namespaces) {
    if (namespace === '' || namespace.includes('.')) continue;
    for (const [name, method] of methods) {
      if (isPublic(name)) table.set(`${namespace}.${name}`, method);
    }
  }
  return table;
}

/** @throws {Fault} UNKNOWN_METHOD for every name that is not in the table. */
export function findMethod<T>(table: ReadonlyMap<string, T>, name: string): T {
  const method = table.get(name);
  if (method === undefined) throw fault('UNKNOWN_METHOD');
  return method;
}
