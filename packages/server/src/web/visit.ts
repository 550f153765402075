import type { Clock, Logger, Supervisor } from '@tsvisor/core';
import { findMethod } from '@tsvisor/rpc';

import type { Request, WholeReply } from '../http/message.ts';
import type { DaemonControl } from '../methods/context.ts';
import type { MethodTable } from '../methods/interfaces.ts';
import type { MainLog } from '../methods/main-log.ts';
import type { Call } from './actions/action.ts';
import type { FormToken } from './form-token.ts';
import type { Site } from './shell.ts';
import type { RowTexts } from './status/row-texts.ts';

/** What the pages are of. */
export interface PagesContext {
  readonly supervisor: Supervisor;
  /** The built-in methods, which the pages use whatever clients may call. */
  readonly methods: MethodTable;
  readonly mainLog: MainLog;
  /** What a program that stands in no file would make. */
  readonly readProgram: DaemonControl['readProgram'];
  readonly version: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** What redirections name when the client does not: `host:port`. */
  readonly address: string;
}

/** One request for a page. */
export interface Visit extends PagesContext {
  readonly request: Request;
  /** What was asked for: the query's values, and the body's. */
  readonly form: ReadonlyMap<string, string>;
  readonly site: Site;
  readonly token: FormToken;
  /** The rows of the status page, for whoever may act or not. */
  readonly rowTexts: Readonly<Record<Request['role'], RowTexts>>;
}

export type Page = (visit: Visit) => WholeReply | Promise<WholeReply>;

export const callsOf =
  (methods: MethodTable): Call =>
  async (name, parameters) =>
    findMethod(methods, name).call(parameters);
