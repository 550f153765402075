// Where the licence of everything in a bundle is found, as a list of texts by file name.
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Library } from './libraries.ts';

/** The Debian package whose documentation holds a library's licence, by the library's name. */
const packageOf: readonly (readonly [RegExp, string])[] = [
  [/^libstdc\+\+/, 'libstdc++6'],
  [/^libgcc_s/, 'libgcc-s1'],
  [/^lib|^ld-linux/, 'libc6'],
];

/** The texts that Debian's copyright files refer to instead of repeating them. */
const common = ['GPL-2', 'GPL-3', 'LGPL-2.1'];

export interface Licence {
  readonly name: string;
  readonly text: string;
}

export function licencesOf(
  program: string,
  libraries: readonly Library[],
  packages: readonly string[],
): Licence[] {
  return [
    { name: 'tsvisor', text: readFileSync('LICENSE', 'utf8') },
    { name: 'node', text: licenceOfNode(program) },
    ...[...new Set(libraries.map(({ name }) => debianPackage(name)))].map((name) => ({
      name,
      text: readFileSync(join('/usr/share/doc', name, 'copyright'), 'utf8'),
    })),
    ...common.map((name) => ({
      name,
      text: readFileSync(join('/usr/share/common-licenses', name), 'utf8'),
    })),
    ...packages.map(licenceOfPackage),
  ];
}

/** In the archive of nodejs.org it lies above bin/, in Debian's packages with the documentation. */
function licenceOfNode(program: string): string {
  const places = [
    join(dirname(program), '../LICENSE'),
    '/usr/share/doc/nodejs/LICENSE',
    '/usr/share/doc/nodejs/copyright',
  ];
  const found = places.find(existsSync);
  if (found === undefined) {
    throw new Error(`cannot find the licence of ${program}: looked for ${places.join(', ')}`);
  }
  return readFileSync(found, 'utf8');
}

function debianPackage(library: string): string {
  return packageOf.find(([pattern]) => pattern.test(library))?.[1] ?? library;
}

/** The texts of licences by their names. */
const texts: Readonly<Record<string, string>> = {
  ISC: `Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF
OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
`,
};

/** Some packages name their licence in package.json and have no file with its text. */
export function licenceOfPackage(folder: string): Licence {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
    author?: string | { name: string };
  };
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const author = typeof about.author === 'object' ? about.author.name : about.author;
  const heading = `${about.name} ${about.version}: ${about.license} licence, by ${author ?? 'its authors'}`;
  return {
    name: `${about.name.replace('/', '-')}-${about.version}`,
    text:
      file === undefined
        ? `${heading}\n\n${texts[about.license] ?? ''}`.trimEnd().concat('\n')
        : readFileSync(join(folder, file), 'utf8'),
  };
}

/** The folders of the npm packages that went into a one-file program, by its source map. */
export function packagesIn(sourceMap: string): string[] {
  const { sources } = JSON.parse(readFileSync(sourceMap, 'utf8')) as { sources: string[] };
  const keys = sources.map((source) => /\/\.pnpm\/((@?[^@/]+)@[^/]+)\//.exec(source));
  const folders = keys.flatMap((match) =>
    match === null
      ? []
      : [
          join(
            'node_modules/.pnpm',
            match[1] as string,
            'node_modules',
            (match[2] as string).replace('+', '/'),
          ),
        ],
  );
  return [...new Set(folders.map((folder) => realpathSync(folder)))].toSorted();
}
