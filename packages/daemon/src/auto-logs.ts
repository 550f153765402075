import { readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import type { SupervisordConfig } from '@tsvisor/config';
import { autoLogPattern, removeOldAutoLogs, type Logger, type Supervisor } from '@tsvisor/core';

/** Those that this run has made. */
export function autoLogsOf({ groups }: Supervisor): string[] {
  return groups
    .flatMap((group) => group.processes)
    .flatMap((process) =>
      (['stdout', 'stderr'] as const)
        .filter((channel) => process.config[channel].logfile.to === 'auto')
        .map((channel) => process.log(channel).path),
    )
    .filter((path) => path !== null);
}

/** For a start that failed: else each of a row of them would leave its files behind. */
export function removeUnused(paths: Iterable<string>): void {
  for (const path of paths) {
    try {
      if (statSync(path).size === 0) rmSync(path);
    } catch {
      // It is gone already.
    }
  }
}

/**
 * Removes the AUTO logs that earlier runs left, once this one holds its socket and pidfile. Those
 * that a process has open stay: another daemon of the same identifier and folder is alive
 * (difference D9).
 *
 * @param own what this run has made already
 */
export function cleanUpAutoLogs(
  { childLogDir, identifier }: Pick<SupervisordConfig, 'childLogDir' | 'identifier'>,
  own: Iterable<string>,
  logger: Logger,
): void {
  const keep = new Set(own);
  const pattern = autoLogPattern(identifier);
  const isOld = (name: string): boolean =>
    pattern.test(name) && !keep.has(resolve(childLogDir, name));
  // To look at every process costs some milliseconds: not without a reason.
  if (entries(childLogDir).some(isOld)) for (const path of openFiles()) keep.add(path);
  removeOldAutoLogs(childLogDir, identifier, (problem) => logger.log('warn', problem), keep);
}

/**
 * The files that any process has open. Of processes that are not ours to look into we learn
 * nothing, but then their files are not ours to remove either.
 */
function* openFiles(): Generator<string> {
  for (const pid of entries('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const folder = `/proc/${pid}/fd`;
    for (const fd of entries(folder)) {
      try {
        yield readlinkSync(`${folder}/${fd}`);
      } catch {
        // Closed since the folder was listed.
      }
    }
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No such process any more, or not ours; or a system without /proc.
    return [];
  }
}
