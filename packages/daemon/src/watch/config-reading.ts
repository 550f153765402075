import type { Config, ReadingObserver } from '@tsvisor/config';

import { whereabouts } from '../failure.ts';

/** What was read, and what came of it. */
export interface ConfigReading {
  /** By path, in the order in which they were read; null: it could not be. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Absolute patterns of the files that are included. */
  readonly patterns: readonly string[];
  /** Or why it cannot be used, in one line. */
  readonly outcome: Config | string;
}

export function readAll(read: (observer: ReadingObserver) => Config): ConfigReading {
  const files = new Map<string, string | null>();
  const patterns: string[] = [];
  const observer: ReadingObserver = {
    file: (path, content) =>
      void files.set(path, content === undefined ? null : Buffer.from(content).toString('latin1')),
    pattern: (pattern) => void patterns.push(pattern),
  };
  let outcome: Config | string;
  try {
    outcome = read(observer);
  } catch (error) {
    outcome = whyBroken(error);
  }
  return { files, patterns, outcome };
}

/** @throws what is no mistake of the configuration's */
export function whyBroken(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  if (code !== 'CONFIG' && code !== 'USAGE' && code !== 'RPC_INTERFACE') throw error;
  const where = whereabouts(error as object);
  return [message, ...(where === undefined ? [] : [where])].join('; ').replaceAll(/\s*\n\s*/g, ' ');
}

/** The first file that another reading found different, new or gone; undefined: it read the same. */
export function changedFile(before: ConfigReading, now: ConfigReading): string | undefined {
  for (const [path, content] of now.files) {
    if (before.files.get(path) !== content) return path;
  }
  // One that failed has not come to all files.
  if (typeof now.outcome === 'string')
    return before.outcome === now.outcome ? undefined : main(now);
  return [...before.files.keys()].find((path) => !now.files.has(path));
}

/** The path of the main file. */
export const main = ({ files }: ConfigReading): string => files.keys().next().value ?? '';
