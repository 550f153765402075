// docs/compatibility.md has every feature of supervisord; here is what holds it to that.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { eventTypes, sectionKinds, supervisordCommandLine } from '../packages/config/src/index.ts';
import { processStates } from '../packages/core/src/process/states.ts';
import { options as tsvctlOptions } from '../packages/ctl/src/command-line-options.ts';
import { commands } from '../packages/ctl/src/commands/table.ts';
import { methods } from '../packages/rpc/src/index.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/compatibility.md'), 'utf8');
const rows = page
  .split('\n')
  .map((line) => line.split(/\s*\|\s*/).slice(1, -1))
  .filter(([, , file = '']) => file.endsWith('.ts`'))
  .map(([feature = '', status = '', file = '']) => ({ feature, status, file: file.slice(1, -1) }));

/** The words in code of the features of an area, those of the section that opens a row left out. */
function namesIn(area: string): ReadonlySet<string> {
  const [, text = ''] = page.split(`\n## ${area}\n`);
  const features = text.split('\n## ')[0]!.matchAll(/^\| (.*?) +\|/gm);
  return new Set(
    [...features].flatMap(([, feature = '']) =>
      [...feature.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
    ),
  );
}

const missing = (area: string, names: readonly string[]): string[] => {
  const told = namesIn(area);
  return names.filter((name) => !told.has(name));
};

describe('docs/compatibility.md has each', () => {
  test('section and option of the file', () => {
    const kinds = sectionKinds.map(({ name }) => `[${name}${name.endsWith(':') ? 'x' : ''}]`);
    const options = sectionKinds
      .flatMap(({ tables }) => tables.flatMap((table) => Object.entries(table)))
      .filter(([, row]) => (row as { isOwn?: boolean }).isOwn !== true)
      .map(([name]) => name);
    expect(missing('The configuration file', [...kinds, ...options])).toEqual([]);
  });

  test('option of the daemon', () => {
    const area = 'The command line, signals and exit codes of the daemon';
    const names = supervisordCommandLine
      .filter(({ isOwn }) => isOwn !== true)
      .map(({ long }) => `--${long}`);
    expect(missing(area, names)).toEqual([]);
  });

  test('option and action of supervisorctl', () => {
    const names = [
      ...tsvctlOptions.filter(({ isOwn }) => isOwn !== true).map(({ long }) => `--${long}`),
      ...commands.filter(({ isHidden }) => isHidden !== true).map(({ name }) => name),
    ];
    expect(missing('supervisorctl', names)).toEqual([]);
  });

  test('method of XML-RPC', () => {
    const names = [...methods.keys()].map((name) => name.replace(/^supervisor\./, ''));
    expect(missing('XML-RPC and HTTP', names)).toEqual([]);
  });

  test('event', () => {
    expect(missing('Events and listeners', Object.keys(eventTypes))).toEqual([]);
  });

  test('state of a process', () => {
    for (const state of Object.keys(processStates)) expect(page).toContain(state);
  });
});

test.each(rows)('the test is there that holds: $feature', ({ file }) => {
  expect(existsSync(join(root, file))).toBe(true);
});

test('a status is one of those that are explained, and each difference is told', () => {
  const told = new Set([...page.matchAll(/^- \*\*(D\d+)\.\*\*/gm)].map(([, name]) => name));
  for (const { status } of rows) {
    expect(status).toMatch(/^(same(, and more)?|not there|D\d+)\b/);
    for (const [name] of status.matchAll(/D\d+/g)) expect(told).toContain(name);
  }
  expect([...told]).toHaveLength(new Set(told).size);
});
