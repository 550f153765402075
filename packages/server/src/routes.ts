import { HttpError } from './http/message.ts';
import type { Handler } from './http/message.ts';
import { rpcEndpoint } from './methods/endpoint.ts';
import type { MethodTable } from './methods/interfaces.ts';
import type { MainLog } from './methods/main-log.ts';
import { eventStream } from './streams/events.ts';
import { logtail, mainLogtail } from './streams/logtail.ts';
import { isCrossSite } from './web/origin.ts';
import { answerPage, pageFor } from './web/pages.ts';
import type { PagesContext } from './web/pages.ts';
import { staticFile } from './web/static.ts';

export interface Routes extends PagesContext {
  /** What clients may call. */
  readonly table: MethodTable;
  readonly mainLog: MainLog;
  /** For redirections within the static files: a host without a port. */
  readonly serverName: string;
}

/** Where requests go: the first that fits, by the beginning of the path (rpc.md §2). */
export function route(routes: Routes): Handler {
  const { table, supervisor, mainLog, logger, serverName } = routes;
  return (request) => {
    const { path } = request;
    if (path.startsWith('/RPC2')) {
      // No browser asks for this on behalf of our pages.
      if (isCrossSite(request)) throw new HttpError(403);
      return rpcEndpoint(request, table, logger);
    }
    if (path.startsWith('/logtail')) return logtail(request, supervisor);
    if (path.startsWith('/mainlogtail')) return mainLogtail(request, mainLog);
    if (path === '/events') return eventStream(request, supervisor);
    const page = pageFor(request);
    if (page !== undefined) return answerPage(page, request, routes);
    return staticFile(request, serverName);
  };
}
