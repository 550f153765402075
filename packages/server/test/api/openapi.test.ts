import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { problemsOf } from '../../src/api/openapi.ts';
import { openApi, operations } from '../../src/api/operations.ts';
import { answerWith, usual } from './support/scenarios.ts';
import type { Answer } from './support/served.ts';

type Json = Record<string, unknown>;

interface Described extends Json {
  readonly operationId: string;
  readonly responses: Record<string, { readonly content?: Record<string, { schema?: object }> }>;
}

const document = openApi() as Json & {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Json };
};

/** Strict: a member that the schema does not name is a mistake. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, strict(value)]);
  const isClosed =
    'properties' in schema && 'type' in schema && !('additionalProperties' in schema);
  return Object.fromEntries([...entries, ...(isClosed ? [['additionalProperties', false]] : [])]);
}

const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  keywords: ['components'],
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
});
ajv.addSchema({ $id: 'doc', components: strict(document.components) } as object);

function errorsOf(schema: object, value: unknown): unknown {
  const text = JSON.stringify(strict(schema)).replaceAll('"#/', '"doc#/');
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(value) ? '' : validate.errors;
}

/** What is wrong with an answer, if it is not what the document says of its status. */
function mistakesIn(answer: Answer, described: Described | undefined): unknown {
  const { content } = described?.responses[answer.status] ?? {};
  if (content === undefined) return answer.text;
  const type = String(answer.headers['content-type']).replace(/;.*$/, '');
  if (content[type] === undefined) return `it is ${type}`;
  const { schema } = content[type];
  return schema === undefined ? '' : errorsOf(schema, answer.json);
}

const rows = operations.flatMap((operation) => {
  const described = document.paths[operation.path]?.[operation.method.toLowerCase()];
  const statuses = Object.keys(described?.responses ?? {}).filter((status) => status !== 'default');
  return statuses.map((status) => ({
    id: operation.id,
    status: Number(status),
    operation,
    described,
  }));
});

test('every operation of the table is in the document, and no other', () => {
  const named = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(named.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
  expect(new Set(named).size).toBe(named.length);
  for (const operation of operations) {
    const statuses = [...Object.keys(operation.answers), ...problemsOf(operation).keys()].map(
      Number,
    );
    const told = rows.filter(({ id }) => id === operation.id).map(({ status }) => status);
    expect(new Set(told)).toEqual(new Set(statuses));
  }
});

describe('the server answers as the document says', () => {
  test.each(rows)('$id $status', async ({ operation, status, described }) => {
    const answer = await answerWith(operation, status);
    expect({ status: answer.status, text: answer.status === status ? '' : answer.text }).toEqual({
      status,
      text: '',
    });
    expect(mistakesIn(answer, described)).toEqual('');
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });
});

test('HEAD answers what GET does, without the body', async () => {
  const { ask } = await usual();
  for (const path of [
    '/',
    '/processes',
    '/config',
    '/processes/web/logs/stdout',
    '/openapi.json',
  ]) {
    const [whole, head] = [await ask(`GET ${path}`), await ask(`HEAD ${path}`)];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-type']).toBe(whole.headers['content-type']);
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  }
});

test('the server hands out the document, and its schemas are sound', async () => {
  const { ask } = await usual();
  const { json } = await ask('GET /openapi.json');
  expect(json).toEqual(JSON.parse(JSON.stringify(document)));
  expect(json['openapi']).toBe('3.1.0');
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => ajv.compile({ $ref: `doc#/components/schemas/${name}` })).not.toThrow();
  }
  for (const path of Object.values(document.paths)) {
    for (const { requestBody, parameters } of Object.values(path)) {
      const body = requestBody as { content: Record<string, { schema: object }> } | undefined;
      if (body !== undefined)
        ajv.compile(strict(body.content['application/json']?.schema) as object);
      for (const { schema } of parameters as { schema: object }[]) ajv.compile(schema);
    }
  }
});
