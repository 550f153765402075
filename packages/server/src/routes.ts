import type { Api } from './api/api.ts';
import { isApiPath } from './api/paths.ts';
import { isProbe } from './health/paths.ts';
import { HttpError } from './http/message.ts';
import type { Handler } from './http/message.ts';
import type { DaemonControl } from './methods/context.ts';
import { pollReader, rpcEndpoint } from './methods/endpoint.ts';
import type { MethodTable } from './methods/interfaces.ts';
import { tableByRole } from './methods/roles.ts';
import type { Metrics } from './metrics/endpoint.ts';
import { eventStream } from './streams/events.ts';
import { logtail, mainLogtail } from './streams/logtail.ts';
import type { StreamEndpoint } from './streams/socket/endpoint.ts';
import { STREAM_PATH } from './streams/socket/path.ts';
import { isCrossSite, isRebound } from './web/origin.ts';
import { pageFor } from './web/page-names.ts';
import type { Pages } from './web/pages.ts';
import { secured } from './web/security.ts';
import type { PagesContext } from './web/visit.ts';

export interface Routes extends PagesContext {
  /** What clients may call. */
  readonly table: MethodTable;
  readonly daemon: DaemonControl;
  /** What answers `/metrics`; undefined: it is not there. */
  readonly metrics: Metrics | undefined;
  /** Whether there are `/healthz` and `/readyz`. */
  readonly health: boolean;
  /** For redirections within the static files: a host without a port. */
  readonly serverName: string;
}

/** Where requests go: the first that fits, by the beginning of the path (rpc.md §2). */
export function route(routes: Routes): Handler {
  const { table, supervisor, mainLog, logger, serverName, metrics, health } = routes;
  const callable = tableByRole(table);
  const read = pollReader();
  // Nobody pays for the pages who does not look at them.
  let pages: Promise<Pages> | undefined;
  const loadPages = (): Promise<Pages> =>
    (pages ??= import('./web/pages.ts').then((module) => new module.Pages(routes)));
  let api: Promise<Api> | undefined;
  const loadApi = (): Promise<Api> =>
    (api ??= import('./api/api.ts').then((module) => new module.Api(routes)));
  let stream: Promise<StreamEndpoint> | undefined;
  const loadStream = (): Promise<StreamEndpoint> =>
    (stream ??= import('./streams/socket/endpoint.ts').then(
      (module) => new module.StreamEndpoint(routes),
    ));
  return (request) => {
    const { path } = request;
    const page = pageFor(request);
    // Whoever was led here by a foreign name reads nothing; in place of a page people are told why.
    if (page === undefined && isRebound(request)) throw new HttpError(403);
    if (path.startsWith('/RPC2')) {
      // No browser asks for this on behalf of our pages.
      if (isCrossSite(request)) throw new HttpError(403);
      return rpcEndpoint(request, callable(request.role), logger, read);
    }
    if (path.startsWith('/logtail')) return secured(request, logtail(request, supervisor));
    if (path.startsWith('/mainlogtail')) return secured(request, mainLogtail(request, mainLog));
    if (path === '/events') return secured(request, eventStream(request, supervisor));
    if (path === STREAM_PATH) return loadStream().then((stream) => stream.answer(request));
    if (isApiPath(path)) return loadApi().then((api) => api.answer(request));
    if (path === '/metrics' && metrics !== undefined) return metrics.answer(request);
    if (health && isProbe(request)) {
      return import('./health/probes.ts').then(({ probe }) => probe(request, supervisor, 'known'));
    }
    if (page !== undefined) return loadPages().then((pages) => pages.answer(page, request));
    return import('./web/static.ts').then(({ staticFile }) => staticFile(request, serverName));
  };
}
