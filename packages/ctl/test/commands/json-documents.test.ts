import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import * as documents from '../../src/commands/json-documents.ts';
import { processInfo } from '../fake.ts';

const page = readFileSync(
  new URL('../../../../docs/reference/ctl-json.md', import.meta.url),
  'utf8',
);

/** The members that a section of the page lists, table by table. */
function listed(section: string): string[][] {
  const body = page.split(/^## /m).find((each) => each.startsWith(`${section}\n`)) ?? '';
  const tables = body.split(/^\| member .*\n\|[- |]+\n/m).slice(1);
  return tables.map((table) => [...table.matchAll(/^\| `(\w+)`/gm)].map((row) => row[1] ?? ''));
}

function members(value: unknown): string[] {
  return Object.keys(value as object).filter((member) => member !== 'version');
}

const config = {
  name: 'a',
  group: 'g',
  inuse: true,
  autostart: true,
  group_prio: 1,
  process_prio: 2,
} as unknown as Parameters<typeof documents.configDocument>[0][number];

/** The members of a document, and those of the first entry of the list in it. */
function shape(document: object, list: string | undefined): string[][] {
  const [entry] = (document as Record<string, unknown[]>)[list ?? ''] ?? [];
  return [members(document), ...(entry === undefined ? [] : [members(entry)])];
}

test.each([
  ['status', documents.processDocument([processInfo('a', 'RUNNING')], [], new Map()), 'processes'],
  ['avail', documents.configDocument([config]), 'programs'],
  ['pid', documents.pidDocument([], []), undefined],
  ['version', documents.versionDocument('4'), undefined],
  ['reread', documents.rereadDocument([], [], []), undefined],
])('the reference lists the members of %s', (section, document, list) => {
  expect(shape(document, list)).toEqual(listed(section));
});

test('every document has the version that the reference tells', () => {
  expect(documents.daemonPidDocument(7)).toEqual({ version: 1, supervisor: 7 });
  expect(page).toContain('`version`, which is 1');
});

test('times are told in UTC, to the second', () => {
  const info = processInfo('a', 'RUNNING', { start: 1_700_000_000, now: 1_700_000_060 });
  expect(documents.processDocument([info], [], new Map())).toMatchObject({
    processes: [{ startedAt: '2023-11-14T22:13:20Z', stoppedAt: null, uptimeSeconds: 60 }],
  });
});
