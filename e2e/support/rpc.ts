import { Client } from '../../packages/rpc/src/index.ts';
import type { Sandbox } from './sandbox.ts';

/** The daemon of a sandbox, by its socket. */
export const clientOf = (sandbox: Sandbox, socket = 's.sock'): Client =>
  new Client({ serverUrl: `unix://${sandbox.path(socket)}` });

/** Calls a method of any namespace, the daemon's own or a plug-in's. */
export const callAny = (client: Client, method: string, ...params: unknown[]): Promise<unknown> =>
  client.call(method as 'supervisor.getPID', params as never);
