import { closeSync, constants, lstatSync, openSync, readdirSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { pythonRepr } from '@tsvisor/config';

import { errorCode } from '../errors.ts';
import type { Channel } from '../events/types.ts';
import type { Report } from './sink.ts';

export interface AutoLogName {
  readonly folder: string;
  readonly identifier: string;
  readonly process: string;
  readonly channel: Channel;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789_';
const ATTEMPTS = 100;

/**
 * Creates an empty file with an unused name, which only its owner may read (daemon.md §6).
 *
 * @returns its absolute path
 * @throws the system's error
 */
export function createAutoLog(name: AutoLogName): string {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  for (let attempt = 1; ; attempt++) {
    const path = autoLogPath(name, randomCharacters(8));
    try {
      closeSync(openSync(path, flags, 0o600));
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || attempt === ATTEMPTS) throw error;
    }
  }
}

function autoLogPath(name: AutoLogName, random: string): string {
  const { process, channel, identifier } = name;
  return resolve(name.folder, `${process}-${channel}---${identifier}-${random}.log`);
}

/** What is taken for an AUTO log of this identifier, backups included. */
export function autoLogPattern(identifier: string): RegExp {
  const escaped = identifier.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return new RegExp(String.raw`^.+?---${escaped}-\S+\.log\.?\d{0,4}`);
}

/**
 * Removes AUTO logs that earlier runs left behind: plain files of our own user, never what a
 * link points to (difference D9). What cannot be removed is told and stays.
 *
 * @param inUse paths to keep
 */
export function removeOldAutoLogs(
  folder: string,
  identifier: string,
  warn: Report,
  inUse: ReadonlySet<string> = new Set(),
): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    warn('Could not clear childlog dir');
    return;
  }
  const pattern = autoLogPattern(identifier);
  for (const name of names) {
    const path = join(folder, name);
    if (!pattern.test(name) || inUse.has(resolve(path))) continue;
    try {
      if (isOurs(path)) unlinkSync(path);
    } catch {
      warn(`Failed to clean up ${pythonRepr(path)}`);
    }
  }
}

function isOurs(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.isFile() && stats.uid === process.geteuid?.();
}

/** Only to be unused: O_EXCL is what keeps others' files out. */
function randomCharacters(count: number): string {
  let text = '';
  for (let n = 0; n < count; n++) text += ALPHABET[Math.floor(Math.random() * ALPHABET.length)];
  return text;
}
