// What of other authors is inside a one-file program, and under which licence.
import { realpathSync } from 'node:fs';

import { licenceOfPackage } from '../image/licences.ts';

/** The folders of the npm packages among the files that esbuild has read. */
export function packagesAmong(inputs: Iterable<string>): string[] {
  const folders = [...inputs].flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders.map((folder) => realpathSync(folder)))].toSorted();
}

/** THIRD-PARTY-NOTICES.txt of a package whose programs contain these packages. */
export function thirdPartyLicences(
  programs: readonly string[],
  folders: readonly string[],
): string {
  const licences = folders
    .map(licenceOfPackage)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, text }) => `==== ${name}\n\n${text.trim()}\n`);
  const list = programs.join(', ');
  return [`What of other authors is contained in ${list}, and its licence.\n`, ...licences].join(
    '\n',
  );
}
