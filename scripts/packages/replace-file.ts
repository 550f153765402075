import { renameSync, writeFileSync } from 'node:fs';

/** Puts a file in its place whole: somebody may be starting it. */
export function replaceFile(path: string, contents: string | Uint8Array): void {
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}
