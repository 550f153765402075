import { cacheMethods, fault, inNamespace } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodContext, MethodHandlers } from './context.ts';
import type { Namespace } from './namespace.ts';
import { tableNamespace } from './table-namespace.ts';

/** `supervisor_cache.rpcinterface:make_cache_rpcinterface`: each server has a cache of its own, as there. */
export function cacheNamespace(name: string, context: MethodContext): Namespace {
  return tableNamespace(name, inNamespace(name, cacheMethods), handlersOf(new Map()), context);
}

function handlersOf(kept: Map<string, RpcValue>): MethodHandlers<keyof typeof cacheMethods> {
  return {
    getAPIVersion: () => '0.2',
    getKeys: () => [...kept.keys()].toSorted(),
    getCount: () => kept.size,
    store(_context, key = null, data = null) {
      kept.set(checked(key), data);
      return true;
    },
    fetch(_context, key = null) {
      const data = kept.get(checked(key)) ?? null;
      if (data === null) throw fault('BAD_NAME');
      return data;
    },
    delete(_context, key = null) {
      kept.delete(checked(key));
      return true;
    },
    clear() {
      kept.clear();
      return true;
    },
  };
}

function checked(key: RpcValue): string {
  if (typeof key === 'string' && key !== '') return key;
  throw fault('BAD_NAME', 'Cache key must be a non-empty string');
}
