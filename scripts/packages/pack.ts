import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '../..');

export interface Packed {
  readonly name: string;
  /** The tarball. */
  readonly file: string;
  /** Paths in the package. */
  readonly contents: readonly string[];
  readonly bytes: number;
  /** Of the tar, which is a little more than that of the files. */
  readonly unpackedBytes: number;
}

/** Packs what is built, all packages of the workspace, into a folder. */
export async function pack(folder: string): Promise<Packed[]> {
  mkdirSync(folder, { recursive: true });
  const hooks = `--config.pnpmfile=${join(import.meta.dirname, 'pnpmfile.cjs')}`;
  const words = ['--recursive', hooks, 'pack', '--pack-destination', folder, '--json'];
  const { stdout } = await promisify(execFile)('pnpm', words, { cwd: root, maxBuffer: 2 ** 26 });
  const packages = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as {
    name: string;
    filename: string;
    files: { path: string }[];
  }[];
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  return packages.map(({ name, filename, files }) => ({
    name,
    file: filename,
    contents: files.map(({ path }) => path),
    bytes: statSync(filename).size,
    unpackedBytes: gunzipSync(readFileSync(filename)).length,
  }));
}
