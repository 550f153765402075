import { spawnSync } from 'node:child_process';

import { describe } from '@jest/globals';

import { asRoot } from './children.ts';

const works = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words).status === 0;

export const describeAsRoot = asRoot ? describe : describe.skip;
/** Some containers forbid even root to mount, or come without the tool. */
export const describeWithMounts =
  asRoot && works('unshare', '--mount', 'true') ? describe : describe.skip;
export const describeWithSetpriv =
  asRoot && works('setpriv', '--version') ? describe : describe.skip;

/** Puts other files in the place of these, for the program that follows alone. */
export function withFiles(replacements: Readonly<Record<string, string>>): string[] {
  const mounts = Object.entries(replacements).map(
    ([path, other]) => `mount --bind '${other}' '${path}'`,
  );
  return ['unshare', '--mount', 'sh', '-ec', `${mounts.join('\n')}\nexec "$@"`, 'sh'];
}
