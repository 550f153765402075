import { Client } from '../../packages/rpc/src/index.ts';
import type { Sandbox } from './sandbox.ts';

/** The daemon of a sandbox, by its socket. */
export const clientOf = (sandbox: Sandbox): Client =>
  new Client({ serverUrl: `unix://${sandbox.path('s.sock')}` });
