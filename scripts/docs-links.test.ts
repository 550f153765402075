// What pages promise to lead to is there, and what they tell to write is understood.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { sectionKinds } from '../packages/config/src/index.ts';

const root = join(import.meta.dirname, '..');
const skipped = new Set(['node_modules', 'dist', '.git', 'test-results']);

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const files = pagesBelow(root).map((path) => relative(root, path));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Without what is shown as code, fenced or not. */
const proseOf = (file: string): string =>
  textOf(file)
    .replaceAll(/^( *)(```+)[^\n]*\n.*?^ *\2$/gms, '')
    .replaceAll(/(`+)[^`].*?\1/g, 'code');

/** What GitHub makes of a heading. */
const anchor = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

const withoutFences = (file: string): string =>
  textOf(file).replaceAll(/^( *)(```+)[^\n]*\n.*?^ *\2$/gms, '');

const anchorsOf = (file: string): string[] =>
  [...withoutFences(file).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchor(heading));

function isBroken(file: string, target: string): boolean {
  const [path = '', fragment] = target.split('#');
  const place = path === '' ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(join(root, place))) return true;
  return fragment !== undefined && place.endsWith('.md') && !anchorsOf(place).includes(fragment);
}

const linksOf = (file: string): string[] =>
  [...proseOf(file).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

test.each(files)('every relative link of %s leads somewhere', (file) => {
  expect(linksOf(file).filter((target) => isBroken(file, target))).toEqual([]);
});

test('there are links, and a broken one is found', () => {
  expect(files.flatMap(linksOf).length).toBeGreaterThan(150);
  expect(isBroken('README.md', 'docs/nowhere.md')).toBe(true);
  expect(isBroken('README.md', 'docs/README.md#nowhere')).toBe(true);
});

test.each(['docs', 'docs/guide', 'docs/reference', 'docs/design'])(
  'the index of %s leads to each of its pages',
  (folder) => {
    const index = folder === 'docs/guide' ? 'docs/README.md' : join(folder, 'README.md');
    const reached = new Set(linksOf(index).map((target) => join(dirname(index), target)));
    const pages = readdirSync(join(root, folder))
      .map((name) => join(folder, name))
      .filter((path) => statSync(join(root, path)).isFile() && path !== index);
    expect(pages.filter((path) => !reached.has(path))).toEqual([]);
  },
);

describe('what guides tell to write', () => {
  const guides = files.filter((file) => /^docs\/(?!reference\/|man\/)|^README/.test(file));
  /** The table of options of a section, by what stands before the colon. */
  const optionsOf = new Map(
    sectionKinds.map(({ name, tables, isOpen }) => [
      name.replace(/:$/, ''),
      { keys: new Set(tables.flatMap((table) => Object.keys(table))), isOpen: isOpen === true },
    ]),
  );
  const everyOption = new Set([...optionsOf.values()].flatMap(({ keys }) => [...keys]));
  // A misspelt one on purpose, one of a plug-in, a parameter of the JSON API.
  const notOptions = new Set(['autorestrt', 'whitelist', 'wait']);

  const examples = guides.flatMap((file) =>
    [...textOf(file).matchAll(/^```ini\n(.*?)^```$/gms)].map(
      ([, text = '']) => [file, text] as const,
    ),
  );

  test.each(examples)('each option of an example in %s is one of its section', (_file, text) => {
    let section = '';
    const unknown: string[] = [];
    for (const line of text.split('\n')) {
      section = /^\[([^\]:]+)/.exec(line)?.[1] ?? section;
      const key = /^([a-z_]+) ?=/.exec(line)?.[1];
      const options = optionsOf.get(section);
      if (key === undefined || options?.isOpen === true) continue;
      if (options?.keys.has(key) !== true) unknown.push(`[${section}] ${key}`);
    }
    expect(unknown).toEqual([]);
  });

  test.each(guides)('each option that %s names as `option=` is one', (file) => {
    const named = [...textOf(file).matchAll(/`([a-z]+_?[a-z_]*)=[^`\n]*`/g)].map(([, key]) => key!);
    expect(named.filter((key) => !everyOption.has(key) && !notOptions.has(key))).toEqual([]);
  });
});
