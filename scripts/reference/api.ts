/** The exports of the packages that programs embed, with the first sentence that stands before each. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { code, generated, page, table } from './markdown.ts';

const root = fileURLToPath(new URL('../../packages', import.meta.url));

export const entries = [
  ['@tsvisor/core', 'core/src/index.ts', 'Supervising.'],
  ['@tsvisor/core/listener', 'core/src/listener/index.ts', 'Event listeners.'],
  ['@tsvisor/core/testing', 'core/src/testing/index.ts', 'Tests of programs that supervise.'],
  ['@tsvisor/server', 'server/src/index.ts', 'Clients of a supervisor.'],
] as const;

export interface Export {
  readonly name: string;
  readonly kind: string;
  /** The first sentence about it. */
  readonly doc: string;
}

const declarations = 'class|interface|type|const|function\\*?|async function';

/** What an index exports, by name. */
export function exportsOf(index: string): readonly Export[] {
  const path = join(root, index);
  const text = readFileSync(path, 'utf8');
  const lists = [...text.matchAll(/^export (type )?\{([^}]*)\} from '([^']+)';/gm)];
  return lists
    .flatMap(([, type, names = '', from = '']) =>
      names
        .split(',')
        .map((name) => name.replace(/\btype /, '').trim())
        .filter((name) => name !== '')
        .map((name) => found(name, sourceOf(from, path)))
        // Of a class, that is how it looks: whoever imports it cannot make one.
        .map((one) =>
          type !== undefined && one.kind === 'class' ? { ...one, kind: 'type' } : one,
        ),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The file that declares it, over however many re-exports. */
function found(name: string, path: string): Export {
  const text = readFileSync(path, 'utf8');
  const at = new RegExp(
    `(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\n)?export (?:abstract )?(${declarations}) ${name}\\b`,
    's',
  ).exec(text);
  if (at !== null) return { name, kind: at[2]!.replace('async ', ''), doc: firstSentence(at[1]) };
  const named = new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from '([^']+)';`, 'm');
  const all = [...text.matchAll(/^export (?:type )?\* from '([^']+)';/gm)].map(([, from]) => from!);
  for (const from of [named.exec(text)?.[1], ...all]) {
    if (from !== undefined) return found(name, sourceOf(from, path));
  }
  throw new Error(`internal error: ${name} is not declared in ${path}`);
}

function sourceOf(from: string, importer: string): string {
  if (from.startsWith('.')) return join(dirname(importer), from);
  const path = join(root, from.replace('@tsvisor/', ''), 'src/index.ts');
  if (existsSync(path)) return path;
  throw new Error(`internal error: ${from} has no source`);
}

function firstSentence(comment = ''): string {
  const text = comment
    .replaceAll(/^\s*\* ?/gm, '')
    .split(/\n\s*\n|\n@/)[0]!
    .replaceAll(/\s+/g, ' ');
  return /^.*?\.(?= |$)/.exec(text.trim())?.[0] ?? text.trim();
}

export const apiPage = (): string =>
  page(
    '# The API of the packages',
    generated,
    'What programs import that supervise by themselves; [the guide](../guide/embed.md) shows how. The ' +
      'declarations say more: parameters, units, defaults, errors.',
    ...entries.flatMap(([name, index, title]) => [
      `## ${name}\n\n${title}`,
      table(
        ['export', 'kind', 'what it is'],
        exportsOf(index).map((one) => [code(one.name), one.kind, one.doc]),
      ),
    ]),
  );
