import { readFileSync, writeFileSync } from 'node:fs';

/** The lines of a history file, the newest first; none if it cannot be read. */
export function readHistory(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    // libedit begins its files with a line of its own.
    return lines.filter((line) => line !== '' && line !== '_HiStOrY_V2_').reverse();
  } catch {
    // The first time there is none; and a history is not worth a complaint.
    return [];
  }
}

/** Writes the lines, given with the newest first, oldest first. */
export function writeHistory(path: string, history: readonly string[]): void {
  try {
    writeFileSync(
      path,
      history
        .map((line) => `${line}\n`)
        .toReversed()
        .join(''),
      { mode: 0o600 },
    );
  } catch {
    // A full disk or a missing folder: the session went well all the same.
  }
}
