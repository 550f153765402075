import { documents } from '../../packages/server/src/api/documents.ts';
import type { Fields } from '../../packages/server/src/api/fields.ts';
import { headings } from '../../packages/server/src/api/openapi.ts';
import type { Operation } from '../../packages/server/src/api/operation.ts';
import { openApi, operations } from '../../packages/server/src/api/operations.ts';
import { faultStatus } from '../../packages/server/src/api/problem.ts';
import type { Schema } from '../../packages/server/src/api/schema.ts';
import { code, generated, page, table } from './markdown.ts';

/** docs/reference/openapi.json: what every server hands out. */
export const openApiPage = (): string => `${JSON.stringify(openApi(), null, 2)}\n`;

/** docs/reference/json-api.md: everything that can be asked for under /api/v1. */
export function jsonApiPage(): string {
  return page(
    '# The JSON API',
    generated,
    'On every server of the configuration, under `/api/v1`. [use-the-json-api.md](../guide/use-the-json-api.md) shows it with curl; [openapi.json](openapi.json) is the same for programs, and each server hands it out at `/api/v1/openapi.json`.',
    [
      '- A process is named by its namespec, NAME or GROUP:NAME, a group by its name; both percent-encoded.',
      '- What can be said in the query or the body is said in one of them. A body is a JSON object with `Content-Type: application/json`; where nothing must be said, there need be none.',
      '- Every GET answers HEAD, too. Every answer has `Cache-Control: no-store`.',
      '- An account that may only look (`readonly_username`) may GET everything.',
      '- What only looks is answered until the daemon has ended; what changes something is answered with SHUTDOWN_STATE once it is on its way out.',
      '- Times are ISO 8601 in UTC, durations seconds, sizes bytes. What there is none of is null, and no member is ever left out. Clients should not mind members that they do not know.',
    ],
    '## What goes wrong',
    'The body is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`; `fault` with the code and name that XML-RPC has for it, or null; `mistakes`, all that is wrong with the request itself; and with CANT_REREAD `config`, where the error is.',
    table(
      ['fault', 'status'],
      Object.entries(faultStatus)
        .filter(([name]) => name !== 'SUCCESS')
        .map(([name, status]) => [name, String(status)]),
    ),
    'Without a fault: 401 no or a wrong password, 403 a browser asks for a page of another site, 404 no such path, 405 the path does not have this method (`Allow` says which), 411 a body in chunks, 413 a body that is too large, 415 a body that is not `application/json`, 416 a range beyond the end of a log.',
    ...headings.flatMap(([heading, about]) => [
      `## ${heading[0]?.toUpperCase()}${heading.slice(1)}`,
      about,
      ...operations.filter((one) => one.about === heading).flatMap(operationBlocks),
    ]),
    '## Documents',
    ...Object.entries(documents).flatMap(([name, schema]) => [
      `### ${name}`,
      schema.description ?? '',
      ...membersOf(schema),
    ]),
  );
}

function operationBlocks(operation: Operation): (string | readonly string[])[] {
  const { method, path, summary, more, changes, query, either, body, headers, answers } = operation;
  const good = Object.entries(answers).map(
    ([status, { description, schema, types }]) =>
      `- ${status}: ${description}${schema?.$ref === undefined ? '' : ` ${linkTo(schema.$ref)}`}${types === undefined ? '' : ` ${types.map(code).join(' or ')}`}`,
  );
  const bad = operation.faults.map((name) => `${name} (${faultStatus[name]})`);
  const other = Object.entries(operation.problems).map(([status, why]) => `${status}: ${why}`);
  return [
    `### ${method} ${path === '/' ? '/api/v1' : path}`,
    `${summary}. ${more ?? ''}`.trim(),
    [
      ...fieldLines(query, 'query'),
      ...fieldLines(either, 'query or body'),
      ...fieldLines(body, 'body'),
      ...Object.entries(headers).map(([name, about]) => `- ${code(name)} (header): ${about}`),
      ...good,
      ...(bad.length === 0 ? [] : [`- faults: ${bad.join(', ')}`]),
      ...other.map((line) => `- ${line}`),
      `- changes: ${changes ? 'yes' : 'no'}`,
    ],
  ];
}

const fieldLines = (fields: Fields, where: string): string[] =>
  Object.entries(fields).map(([name, { schema, isRequired }]) => {
    const preset =
      schema.default === undefined ? '' : `, default ${JSON.stringify(schema.default)}`;
    const need = isRequired ? ', required' : preset;
    return `- ${code(name)} (${where}, ${typeWords(schema)}${need}): ${schema.description ?? ''}`;
  });

const linkTo = (name: string): string => `[${name}](#${name.toLowerCase()})`;

function typeWords(schema: Schema): string {
  if (schema.$ref !== undefined) return linkTo(schema.$ref);
  if (schema.enum !== undefined) return schema.enum.map((one) => code(String(one))).join(', ');
  const types = [schema.type ?? []].flat();
  if (schema.items !== undefined) return `array of ${typeWords(schema.items)}`;
  return types.join(' or ');
}

/** The members of a document, those of objects in it as `a.b`. */
function membersOf(schema: Schema): (readonly string[])[] {
  const rows = memberRows(schema, '');
  return rows.length === 0 ? [] : [table(['member', 'type', 'meaning'], rows)];
}

function memberRows({ properties = {} }: Schema, before: string): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const full = `${before}${name}`;
    const inner = schema.items ?? schema;
    const prefix = schema.items === undefined ? `${full}.` : `${full}[].`;
    return [
      [code(full), typeWords(schema), schema.description ?? ''],
      ...memberRows(inner, prefix),
    ];
  });
}
