// The supervisor of the distribution, where there is one: its programs are the clients, and the
// daemon, that ours are measured by.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe } from '@jest/globals';

interface Installed {
  readonly supervisord: string;
  readonly supervisorctl: string;
  /** The Python that has its modules. */
  readonly python: string;
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function find(): Installed | undefined {
  const supervisord = onPath('supervisord');
  const supervisorctl = onPath('supervisorctl');
  if (supervisord === undefined || supervisorctl === undefined) return undefined;
  const [, python] = /^#!\s*(\S*python\S*)/.exec(readFileSync(supervisorctl, 'utf8')) ?? [];
  if (python === undefined) return undefined;
  try {
    execFileSync(python, ['-c', 'import supervisor.xmlrpc, xmlrpc.client'], { stdio: 'ignore' });
  } catch {
    // Installed in some way that we cannot use.
    return undefined;
  }
  return { supervisord, supervisorctl, python };
}

const found = find();

/** Describes what needs it; without it the tests are skipped, and say what they miss. */
export const describeWithSupervisor = found === undefined ? describe.skip : describe;

/** For their titles. */
export const missing =
  found === undefined ? ' (supervisord, supervisorctl or their python3 is not installed)' : '';

export const { supervisord, supervisorctl, python }: Installed = found ?? {
  supervisord: '',
  supervisorctl: '',
  python: '',
};
