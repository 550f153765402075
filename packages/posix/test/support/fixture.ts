import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const packageFolder = join(import.meta.dirname, '../..');

/** Runs a program of fixtures/, which may change or wait for its whole process, and parses what it prints. */
export async function fixture(name: string, before: readonly string[] = []): Promise<unknown> {
  const path = join(packageFolder, 'test/fixtures', `${name}.ts`);
  const command = [
    ...before,
    process.execPath,
    '--import',
    'tsx',
    '--conditions=@tsvisor/source',
    path,
  ];
  const { stdout } = await promisify(execFile)(command[0] as string, command.slice(1), {
    cwd: packageFolder,
  });
  return JSON.parse(stdout);
}
