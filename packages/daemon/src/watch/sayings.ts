import type { GroupChanges, LogLevelName } from '@tsvisor/config';
import type { FailedUpdate } from '@tsvisor/core';

/** What is logged about files that are watched. */
export type Saying = readonly [level: LogLevelName, text: string];

const list = (names: readonly string[]): string => names.join(', ');

/** `add a, b; change c`: what an update does, or in other words has done. */
const deeds = (
  { added, changed, removed }: GroupChanges,
  words: readonly [add: string, change: string, remove: string],
): string =>
  [added, changed, removed]
    .flatMap((groups, at) => (groups.length > 0 ? [`${words[at]} ${list(groups)}`] : []))
    .join('; ');

export const configSayings = {
  watching: (mode: string, files: readonly string[]): Saying => [
    'info',
    `watching the configuration (watch_config=${mode}): ${list(files)}`,
  ],
  broken: (file: string, why: string): Saying => [
    'error',
    `${file} has changed, but the configuration cannot be used, nothing is done: ${why}`,
  ],
  same: (file: string): Saying => ['info', `${file} has changed: no group would`],
  wouldDo: (file: string, changes: GroupChanges): Saying => [
    'info',
    `${file} has changed: an update would ${deeds(changes, ['add', 'change', 'remove'])}`,
  ],
  begins: (file: string, changes: GroupChanges): Saying => [
    'info',
    `${file} has changed: an update begins, to ${deeds(changes, ['add', 'change', 'remove'])}`,
  ],
  updated: (changes: GroupChanges): Saying => [
    'info',
    `the update is done: ${deeds(changes, ['added', 'changed', 'removed']) || 'nothing'}`,
  ],
  failed: ({ what, group, why }: FailedUpdate): Saying => [
    'error',
    `the update could not ${what} group ${group}: ${why}`,
  ],
  needsReload: (names: readonly string[]): Saying => [
    'warn',
    `${list(names)} changed: takes effect with a reload (tsvctl reload)`,
  ],
  cannotWatch: (why: string): Saying => [
    'warn',
    `cannot watch all of the configuration, trying again: ${why}`,
  ],
};

export const programSayings = {
  watching: (names: readonly string[], folders: readonly string[]): Saying => [
    'info',
    `watching the files of ${list(names)} (watch) from: ${list(folders)}`,
  ],
  restarting: (names: readonly string[], file: string): Saying => [
    'info',
    `restarting ${list(names)}: ${file} has changed (watch)`,
  ],
  waiting: (names: readonly string[], file: string, seconds: number, times: number): Saying => [
    'warn',
    `${file} has changed, but ${list(names)} has been restarted ${times} times in a row, and waits ${seconds} seconds: if it writes that file itself, take it out of watch with !PATTERN`,
  ],
  cannotStart: (name: string, why: string): Saying => [
    'warn',
    `cannot start ${name} after a change of its files: ${why}`,
  ],
  missing: (name: string, path: string): Saying => [
    'warn',
    `${path} is not there: ${name} is restarted once it is (watch)`,
  ],
  cannotWatch: (name: string, why: string): Saying => [
    'warn',
    `cannot watch all files of ${name}: ${why}`,
  ],
};
