import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { needs } from './needs.ts';
import type { Ended } from './sandbox.ts';

/** Without what pnpm or npm tell those that they run: it is for them, not for an npm in there. */
export const newcomer: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|INIT_CWD|NODE_)/i.test(name)),
);

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** A packed package. */
export class Tarball {
  readonly file: string;
  /** Its files, unpacked. */
  readonly folder: string;
  readonly manifest: Manifest;

  constructor(file: string) {
    this.file = file;
    this.folder = file.replace(/\.tgz$/, '');
    mkdirSync(this.folder);
    execFileSync('tar', ['-xzf', file, '-C', this.folder, '--strip-components=1']);
    this.manifest = JSON.parse(this.read('package.json')) as Manifest;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  files(): string[] {
    return filesBelow(this.folder);
  }
}

/** Paths of all files in a folder, from there. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

export const isExecutable = (file: string): boolean => (statSync(file).mode & 0o111) === 0o111;

/** What a program prints in a folder, whatever its exit status. */
export async function runIn(
  folder: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = newcomer,
): Promise<Ended> {
  try {
    const done = await promisify(execFile)(program, [...args], { cwd: folder, env });
    return { status: 0, ...done };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

/** `npm install` of tarballs into a folder that has a package.json and nothing else. */
export async function install(folder: string, words: readonly string[]): Promise<void> {
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  const { status, stderr } = await runIn(folder, 'npm', ['install', ...quiet, ...words]);
  if (status !== 0) throw new Error(`npm install ${words.join(' ')}: ${stderr}`);
}

const succeeds = (program: string, args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore', env: newcomer, timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
};

/** A registry is asked for what is not ours: koffi, ws, saxes. */
export const withRegistry = needs(
  'npm, and its registry',
  succeeds('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=5000']),
);
