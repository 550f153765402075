import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { fromRoot } from '../../support/sandbox.ts';
import type { Running, Sandbox } from '../../support/sandbox.ts';

const packages = ['config', 'core', 'posix', 'rpc', 'server'];
const others = ['tsx', '@types/node'];

/** Copies a folder of the repository to `app`, where our packages are installed. */
export function install(sandbox: Sandbox, folder: string): void {
  cpSync(fromRoot(folder), sandbox.path('app'), { recursive: true });
  const modules = sandbox.path('node_modules');
  for (const scope of ['@tsvisor', '@types']) mkdirSync(join(modules, scope), { recursive: true });
  for (const name of packages) {
    symlinkSync(fromRoot(`packages/${name}`), join(modules, '@tsvisor', name));
  }
  for (const name of others) symlinkSync(fromRoot(`node_modules/${name}`), join(modules, name));
}

/** Runs node, from the folder above the copy. */
export const runNode = (
  sandbox: Sandbox,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running => sandbox.run(process.execPath, args, { ...process.env, ...env });
