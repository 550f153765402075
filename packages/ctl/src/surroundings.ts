import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

import type { Surroundings } from './explain.ts';

/** The machine as it is. */
export function surroundings(configPath: string | null): Surroundings {
  return {
    configPath,
    stat: (path) => orUndefined(() => statSync(path)),
    readFile: (path) => orUndefined(() => String(readFileSync(path))),
    userName,
    isAlive,
    mayWrite: (path) => orUndefined(() => accessSync(path, constants.W_OK) === undefined) === true,
  };
}

function orUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    // Not there or not ours to see: either way there is nothing to say about it.
    return undefined;
  }
}

function userName(uid: number): string {
  const own = orUndefined(() => userInfo());
  if (own?.uid === uid) return own.username;
  const passwd = orUndefined(() => String(readFileSync('/etc/passwd'))) ?? '';
  const entry = passwd.split('\n').find((line) => line.split(':')[2] === String(uid));
  return entry?.split(':')[0] ?? `user ${uid}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
