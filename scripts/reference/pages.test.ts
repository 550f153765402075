import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { sectionKinds } from '../../packages/config/src/index.ts';
import { emittedTypes, eventNames } from '../../packages/core/src/events/hierarchy.ts';
import { faults, methods } from '../../packages/rpc/src/index.ts';
import { reasons } from '../../packages/server/src/http/message.ts';
import { metrics } from '../../packages/server/src/metrics/table.ts';
import { entries, exportsOf } from './api.ts';
import { exampleEnvelope, sent, tokens } from './events.ts';
import { statuses } from './faults-and-exit-codes.ts';
import { linesBelow, linesIn } from './lines-in-code.ts';
import { logLines } from './log-lines.ts';
import { squeezed } from './markdown.ts';
import { heading } from './options.ts';
import { pages } from './pages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, 'docs/reference', name), 'utf8');

/** However it was formatted. */
const comparable = (name: string, text: string): unknown =>
  name.endsWith('.json') ? JSON.parse(text) : squeezed(text);

test.each(Object.keys(pages))('docs/reference/%s says what the code does', (name) => {
  // If not: tsx --conditions=@tsvisor/source scripts/reference.ts && oxfmt docs/reference
  expect(comparable(name, read(name))).toEqual(comparable(name, pages[name]!()));
});

describe('docs/reference/api.md', () => {
  test.each(entries.map(([name, index]) => [name, index] as const))(
    'has each export of %s, and no other',
    async (name, index) => {
      const [, chapter = ''] = read('api.md').split(`\n## ${name}\n`);
      const named = [...chapter.split('\n## ')[0]!.matchAll(/^\| `(\S+)` +\| (\w+)/gm)];
      const values = named.filter(([, , kind]) => kind !== 'interface' && kind !== 'type');
      const exported: object = await import(join(root, 'packages', index));
      expect(values.map(([, value]) => value)).toEqual(Object.keys(exported).toSorted());
    },
  );

  test('says of each what it is', () => {
    const all = entries.flatMap(([, index]) => exportsOf(index));
    expect(all.filter(({ doc }) => doc === '').map(({ name }) => name)).toEqual([]);
  });
});

describe('docs/reference/options.md', () => {
  test('has each option under its section, and no other', () => {
    const chapters = read('options.md').split('\n## ').slice(1);
    expect(chapters.map((chapter) => chapter.split('\n')[0])).toEqual(sectionKinds.map(heading));
    for (const [at, chapter] of chapters.entries()) {
      const named = [...chapter.matchAll(/^\| `(\S+)`/gm)].map(([, key]) => key);
      const keys = new Set(sectionKinds[at]!.tables.flatMap((table) => Object.keys(table)));
      expect(named).toEqual([...keys].toSorted());
    }
  });
});

describe('docs/reference/events.md', () => {
  test('has each name that may be subscribed to, and no other', () => {
    const [, names = ''] = read('events.md').split('```');
    expect(names.trim().split(/\s+/).toSorted()).toEqual(eventNames.toSorted());
  });

  test('says of each event that is sent when it is, with an example, and of no other', () => {
    const told = [...read('events.md').matchAll(/^\| `([A-Z_0-9]+)` /gm)].map(([, name]) => name!);
    expect(told.toSorted()).toEqual(emittedTypes.toSorted());
    for (const [name, { example }] of Object.entries(sent)) expect(example.type).toBe(name);
  });

  test('says what each token of the header is', () => {
    const [header = ''] = exampleEnvelope().toString().split('\n');
    expect(header.split(' ').map((token) => token.split(':')[0])).toEqual(Object.keys(tokens));
  });
});

test('docs/reference/rpc.md has each method, and no other but those of tsvisor', () => {
  const named = [...read('rpc.md').matchAll(/^### (\S+)$/gm)].map(([, name]) => name!);
  expect(named.filter((name) => !name.startsWith('tsvisor.'))).toEqual([...methods.keys()]);
});

describe('docs/reference/faults-and-exit-codes.md', () => {
  test('has each fault', () => {
    for (const [name, { code }] of Object.entries(faults)) {
      expect(read('faults-and-exit-codes.md')).toMatch(
        new RegExp(`^\\| ${code} +\\| ${name} `, 'm'),
      );
    }
  });

  test('says when each status comes', () => {
    expect(Object.keys(statuses)).toEqual(Object.keys(reasons));
  });
});

test('docs/reference/metrics.md has each metric, and no other', () => {
  const named = [...read('metrics.md').matchAll(/^\| `([a-z_]+)(?:\{.*?\})?`/gm)].map(
    ([, name]) => name,
  );
  expect(named).toEqual(metrics.map(({ name }) => name));
});

describe('docs/reference/log-lines.md', () => {
  /** What is put there, whatever it is called. */
  const bare = (text: string): string => text.replaceAll(/<[a-z ]+>/g, '*');
  const told = new Set(logLines.map(({ level, text }) => `${level} ${bare(text)}`));
  const folders = ['core', 'daemon', 'server'].map((name) => join(root, 'packages', name, 'src'));
  const said = new Set(folders.flatMap(linesBelow).map(({ level, text }) => `${level} ${text}`));

  test('has each line that the code says', () => {
    // If not: scripts/reference/log-lines.ts wants a row with what the line means.
    expect([...said].filter((line) => !told.has(line))).toEqual([]);
  });

  test('has no line that the code does not say', () => {
    // A line that is put together elsewhere is there at least in its parts.
    const sources = [...folders, join(root, 'packages/config/src')]
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => readFileSync(join(folder, name), 'utf8')),
      )
      .join('\n');
    const isSaid = (line: string): boolean =>
      said.has(line) ||
      line
        .slice(line.indexOf(' ') + 1)
        .split('*')
        .every((part) => part.length < 5 || sources.includes(part.replace(/: $/, '')));
    expect([...told].filter((line) => !isSaid(line))).toEqual([]);
  });
});

test('a line is found with its level, whatever stands for values in it', () => {
  const source = `
    log('info', 'plain words');
    log(
      'warn',
      \`a \${list.map((one) => \`\${one}\`).join()} and \${other}\`,
    );
    return ['debug', \`\${name}: begins \` +
      'and goes on'];
    const levels = ['info', 'debug'];`;
  expect(linesIn(source)).toEqual([
    { level: 'info', text: 'plain words' },
    { level: 'warn', text: 'a * and *' },
    { level: 'debug', text: '*: begins and goes on' },
  ]);
});
