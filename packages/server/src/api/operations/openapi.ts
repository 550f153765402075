import { ok, operation } from '../operation.ts';
import type { Operation } from '../operation.ts';

/** `make` is called at the first request for it. */
export const openApiOperation = (make: () => unknown): Operation =>
  operation({
    method: 'GET',
    path: '/openapi.json',
    id: 'getOpenApi',
    about: 'daemon',
    summary: 'This interface, as an OpenAPI 3.1 document',
    answers: {
      200: {
        description: 'The document.',
        schema: { type: 'object', description: 'OpenAPI 3.1.', additionalProperties: true },
      },
    },
    handle: () => ok(make()),
  });
