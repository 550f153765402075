import { apiPage } from './api.ts';
import { commandLinePage } from './command-line.ts';
import { eventsPage } from './events.ts';
import { faultsPage } from './faults-and-exit-codes.ts';
import { jsonApiPage, openApiPage } from './json-api.ts';
import { logLinesPage } from './log-lines.ts';
import { metricsPage } from './metrics.ts';
import { optionsPage } from './options.ts';
import { rpcPage } from './rpc.ts';

/** The pages of docs/reference that follow from tables of the code. */
export const pages: Readonly<Record<string, () => string>> = {
  'api.md': apiPage,
  'command-line.md': commandLinePage,
  'events.md': eventsPage,
  'faults-and-exit-codes.md': faultsPage,
  'json-api.md': jsonApiPage,
  'log-lines.md': logLinesPage,
  'metrics.md': metricsPage,
  'openapi.json': openApiPage,
  'options.md': optionsPage,
  'rpc.md': rpcPage,
};
