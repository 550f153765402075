import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** All that was ever written to a log, by its pieces from the oldest to the newest. */
export function wholeLog(path: string): { readonly bytes: Buffer; readonly pieces: number } {
  const pieces = [...moved(path), ...backups(path), ...(existsSync(path) ? [path] : [])];
  return {
    bytes: Buffer.concat(pieces.map((piece) => readFileSync(piece))),
    pieces: pieces.length,
  };
}

/** What rotation by size has left: the highest number is the oldest. */
const backups = (path: string): string[] => numbered(path, '.').toReversed();

/** What was renamed from outside: the lowest number is the oldest. */
const moved = (path: string): string[] => numbered(path, '.moved');

/** The name of a log that is moved away, for the `count`-th time. */
export const movedName = (path: string, count: number): string => `${path}.moved${count}`;

function numbered(path: string, word: string): string[] {
  const start = `${basename(path)}${word}`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((one, other) => one - other)
    .map((number) => join(dirname(path), `${start}${number}`));
}
