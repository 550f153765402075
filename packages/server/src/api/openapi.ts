// The table of operations as an OpenAPI 3.1 document.
import { faults } from '@tsvisor/rpc';
import type { FaultName } from '@tsvisor/rpc';

import { documentOf, documents } from './documents.ts';
import type { Fields } from './fields.ts';
import type { Answer, Operation } from './operation.ts';
import { faultStatus } from './problem.ts';
import type { Schema } from './schema.ts';

type Json = Record<string, unknown>;

export function openApiDocument(operations: readonly Operation[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = described(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'tsvisor',
      version: 'v1',
      description:
        'Processes, groups, logs and the configuration of a supervisor. A process is named by its ' +
        'namespec, NAME or GROUP:NAME, percent-encoded. Every GET answers HEAD, too. What goes wrong is ' +
        'told as application/problem+json, with the fault that the XML-RPC interface has for it. ' +
        'What only looks is answered until the daemon has ended, what changes something only while it ' +
        'is RUNNING. Requests that a browser sends for a page of another site are refused. The live ' +
        'stream, a WebSocket, is at `stream`.',
    },
    servers: [{ url: '.', description: 'Beside this document: /api/v1 of any server.' }],
    security: [{ basic: [] }, {}],
    tags: headings.map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        basic: {
          type: 'http',
          scheme: 'basic',
          description:
            'If the server has a username. The one of `readonly_username` may only look.',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(documents).map(([name, schema]) => [name, withReferences(schema)]),
      ),
    },
  };
}

/** What operations are about, in the order in which they are described. */
export const headings = [
  ['daemon', 'The daemon itself, and all processes at once.'],
  ['processes', 'One process.'],
  ['groups', 'One group.'],
  ['logs', 'What processes, and the daemon, have written.'],
  ['configuration', 'What the configuration says, and putting it in force.'],
  ['events', 'Event listeners, and what is told to them.'],
] as const satisfies readonly (readonly [Operation['about'], string])[];

function described(operation: Operation): Json {
  const { id, about, summary, more, changes, method } = operation;
  const body = { ...operation.either, ...operation.body };
  return {
    operationId: id,
    tags: [about],
    summary,
    ...(more === undefined ? {} : { description: more }),
    'x-role': changes ? 'full' : 'readonly',
    parameters: parametersOf(operation),
    ...(method === 'GET' || Object.keys(body).length === 0
      ? {}
      : { requestBody: requestBody(operation) }),
    responses: responsesOf(operation),
  };
}

function parametersOf({ path, query, either, headers }: Operation): Json[] {
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      description: pathParameters[name],
      schema: { type: 'string' },
    })),
    ...inQuery(query, ''),
    ...inQuery(either, ' Here, or in the body.'),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    })),
  ];
}

const pathParameters: Readonly<Record<string, string>> = {
  process: 'The process: name, or group:name.',
  group: 'The name of the group.',
  channel: 'stdout or stderr.',
};

function inQuery(fields: Fields, more: string): Json[] {
  return Object.entries(fields).map(([name, { schema, isRequired }]) => {
    const { description = '', ...rest } = schema;
    const required = isRequired && more === '';
    return { name, in: 'query', required, description: description + more, schema: rest };
  });
}

function requestBody({ either, body }: Operation): Json {
  const required = Object.entries(body).filter(([, { isRequired }]) => isRequired);
  const properties = Object.entries({ ...either, ...body }).map(([name, { schema }]) => [
    name,
    schema,
  ]);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: required.map(([name]) => name),
    additionalProperties: false,
  };
  return { required: required.length > 0, content: { 'application/json': { schema } } };
}

function responsesOf(operation: Operation): Json {
  const good = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    response(answer),
  ]);
  const bad = [...problemsOf(operation)].map(([status, description]) => [
    String(status),
    problemResponse(description),
  ]);
  const other = problemResponse('Whatever else goes wrong.');
  return { ...Object.fromEntries([...good, ...bad]), default: other };
}

function response({ description, schema, types, headers }: Answer): Json {
  const content =
    types === undefined
      ? schema && { 'application/json': { schema: withReferences(schema) } }
      : Object.fromEntries(types.map((type) => [type, {}]));
  return {
    description,
    ...(headers === undefined ? {} : { headers: describedHeaders(headers) }),
    ...(content === undefined ? {} : { content }),
  };
}

const describedHeaders = (headers: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' } },
    ]),
  );

const problemResponse = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: withReferences(documentOf('Problem')) } },
});

/** Every status that an operation may answer with when something is wrong, and what that is. */
export function problemsOf(operation: Operation): ReadonlyMap<number, string> {
  const found = new Map<number, string[]>();
  const add = (status: number, why: string): void =>
    void found.set(status, [...(found.get(status) ?? []), why]);
  add(400, faultWords('INCORRECT_PARAMETERS'));
  add(401, 'The server wants a name and a password.');
  add(403, 'A page of another site asks.');
  if (operation.changes) {
    add(403, faultWords('FORBIDDEN'));
    add(411, 'The body comes in chunks.');
    add(413, 'The body is too large.');
    add(415, 'The body is not application/json.');
    if (operation.id !== 'sendRemoteEvent') add(503, faultWords('SHUTDOWN_STATE'));
  }
  for (const name of operation.faults) add(faultStatus[name], faultWords(name));
  for (const [status, why] of Object.entries(operation.problems)) add(Number(status), why);
  return new Map(
    [...found]
      .toSorted(([one], [other]) => one - other)
      .map(([status, all]) => [status, all.join(' ')]),
  );
}

const faultWords = (name: FaultName): string => `${name}: ${faults[name].doc}`;

/** References by name alone become those of the document. */
function withReferences(schema: Schema): Schema {
  const changed = Object.entries(schema).map(([key, value]: [string, unknown]) => {
    if (key === '$ref') return [key, `#/components/schemas/${String(value)}`];
    if (key === 'items') return [key, withReferences(value as Schema)];
    if (key === 'anyOf') return [key, (value as readonly Schema[]).map(withReferences)];
    if (key !== 'properties') return [key, value];
    const members = Object.entries(value as Record<string, Schema>);
    return [key, Object.fromEntries(members.map(([name, one]) => [name, withReferences(one)]))];
  });
  return Object.fromEntries(changed) as Schema;
}
