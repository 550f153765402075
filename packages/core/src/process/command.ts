import { accessSync, constants, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename } from 'node:path';

import { pythonRepr, splitCommand } from '@tsvisor/config';

import { SpawnError, errorText } from '../errors.ts';

/** What is executed: `file` is where the command's first word was found, argv[0] that word. */
export interface ResolvedCommand {
  readonly file: string;
  readonly argv: readonly string[];
}

/** The command does not exist, as against one that is there and cannot be run. */
export class CommandNotFound extends SpawnError {}

const DEFAULT_PATH = '/bin:/usr/bin:/usr/local/bin';

/** What serves in the place of commands that are not there, by the names of their files. */
export type OwnPrograms = Readonly<Record<string, ResolvedCommand>>;

/**
 * Splits a command and looks its first word up, relative to the daemon's directory
 * (process.md §4). `path` is the PATH of the program's environment, undefined if it has none.
 *
 * @throws {SpawnError} with the text that becomes its spawnerr
 */
export function resolveCommand(
  command: string,
  path: string | undefined,
  ownPrograms: OwnPrograms = {},
): ResolvedCommand {
  const argv = words(command);
  const word = argv[0];
  if (word === undefined) throw new SpawnError('command is empty');
  const found = word.includes('/') ? lookAt(word) : search(word, path);
  const own = Object.hasOwn(ownPrograms, basename(word)) ? ownPrograms[basename(word)] : undefined;
  if (found === undefined && own !== undefined) {
    return { file: own.file, argv: [...own.argv, ...argv.slice(1)] };
  }
  if (found === undefined) throw new CommandNotFound(`can't find command ${pythonRepr(word)}`);
  refuseUnlessExecutable(found.file, found.stats);
  return { file: found.file, argv };
}

function words(command: string): readonly string[] {
  try {
    return splitCommand(command);
  } catch (error) {
    throw new SpawnError(`can't parse command ${pythonRepr(command)}: ${errorText(error)}`);
  }
}

interface Found {
  readonly file: string;
  readonly stats: Stats;
}

/** The first entry of PATH where the name exists, whatever it is there. */
function search(word: string, path: string | undefined): Found | undefined {
  const folders = (path ?? (process.env['PATH'] || DEFAULT_PATH)).split(':');
  for (const folder of folders) {
    const found = lookAt(folder === '' ? word : `${folder}/${word}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lookAt(file: string): Found | undefined {
  try {
    return { file, stats: statSync(file) };
  } catch {
    // Missing, a broken link, or a folder that may not be searched: not found.
    return undefined;
  }
}

function refuseUnlessExecutable(file: string, stats: Stats): void {
  const shown = pythonRepr(file);
  if (stats.isDirectory()) throw new SpawnError(`command at ${shown} is a directory`);
  if ((stats.mode & 0o111) === 0) throw new SpawnError(`command at ${shown} is not executable`);
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new SpawnError(`no permission to run command ${shown}`);
  }
}
