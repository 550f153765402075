// All that can be asked for under /api/v1: the table that routes, checks and describes requests.
import { openApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import { configurationOperations } from './operations/configuration.ts';
import { daemonOperations } from './operations/daemon.ts';
import { eventOperations } from './operations/events.ts';
import { groupOperations } from './operations/groups.ts';
import { logOperations } from './operations/logs.ts';
import { openApiOperation } from './operations/openapi.ts';
import { processOperations } from './operations/processes.ts';

export const operations: readonly Operation[] = [
  ...daemonOperations,
  ...processOperations,
  ...groupOperations,
  ...logOperations,
  ...configurationOperations,
  ...eventOperations,
  openApiOperation(() => openApi()),
];

let made: object | undefined;

/** The same as an OpenAPI document. */
export const openApi = (): object => (made ??= openApiDocument(operations));
