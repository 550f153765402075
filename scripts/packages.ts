// Packs all packages for a registry, or for `npm install FILE…`, and says how large they are:
//
//   pnpm packages [FOLDER]
//
// FOLDER is dist/packages if it is left out. The same sources and tools give the same bytes.
import { resolve } from 'node:path';

import { pack } from './packages/pack.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`.padStart(8);

for (const { name, file, bytes, unpackedBytes } of await pack(
  resolve(process.argv[2] ?? 'dist/packages'),
)) {
  console.log(
    `${name.padEnd(16)}${kilobytes(bytes)}, unpacked ${kilobytes(unpackedBytes)}  ${file}`,
  );
}
