/** The one place that knows the real kernel and process, and hands them down. */
import { basename, dirname, join } from 'node:path';

import { workingDirectory, type Config } from '@tsvisor/config';
import { posixKernel, Serials, systemClock } from '@tsvisor/core';
import {
  dropPrivileges,
  dup2,
  getLimit,
  giveBackFreeMemory,
  identityOf,
  keepLittleFreeMemory,
  openSyslog,
  setChildNofile,
  setLimit,
  setSubreaper,
  strerror,
  type Launch,
} from '@tsvisor/posix';

import { letGoOfStreams, type Readiness } from './daemonize.ts';
import { collectGarbage } from './heap.ts';
import { incarnate, type Daemon } from './incarnation.ts';
import { DaemonLog } from './main-log/daemon-log.ts';
import { readConfig, readNewProgram, type SettingsSource } from './settings.ts';
import type { Signals } from './signals.ts';
import { tell } from './streams.ts';

/** How a daemon reads whose programs run, or have just run. */
const running = { neverWaits: true } as const;

export interface Circumstances {
  readonly source: SettingsSource;
  readonly launch: Launch;
  /** Undefined in the foreground. */
  readonly readiness: Readiness | undefined;
  readonly signals: Signals;
}

/** Supervises until the end, over all restarts. @returns the exit status */
export async function compose(config: Config, circumstances: Circumstances): Promise<number> {
  const { source, launch, readiness, signals } = circumstances;
  openSyslog(basename(launch.argv0));
  keepLittleFreeMemory();
  // What a relative path begins at is another in the background, if `directory` says so.
  let cwd = workingDirectory();
  const daemon: Daemon = {
    signals,
    signalSource: process,
    kernel: posixKernel,
    credentials: {
      uid: () => process.geteuid?.() ?? 0,
      become: (user) => dropPrivileges(identityOf(user)),
    },
    limits: { get: getLimit, set: setLimit, setChildNofile },
    inheritedNofile: launch.nofile,
    process: {
      changeDirectory: (path) => process.chdir(path),
      // umask(2) takes the bits that it knows; Node refuses others, such as those of -1.
      setUmask: (mask) => void process.umask(mask & 0o777),
      letGoOfStreams: () => letGoOfStreams(dup2),
      describeErrno: strerror,
    },
    serials: new Serials(),
    adoptOrphans: setSubreaper,
    ownListeners: { supervisor_stdout: programBeside('supervisor_stdout') },
    reread: () => readConfig(source, true, running),
    readForRestart: () => readConfig(source, false, running),
    readAsAtStart: (observer) => readConfig(source, true, { ...running, cwd, observer }),
    readProgram: (section, active) => readNewProgram(source, section, active),
    giveBackMemory: (quiet) => {
      if (collectGarbage(quiet ? 4 : 1)) giveBackFreeMemory();
    },
    tell,
  };
  let current = config;
  let outcome = await incarnate(current, daemon, { readiness });
  try {
    while (outcome === 'RESTARTING') {
      cwd = workingDirectory();
      current = readConfig(source, false, running);
      outcome = await incarnate(current, daemon, undefined);
    }
  } catch (error) {
    logFailedRestart(error, current, daemon);
    throw error;
  }
  return outcome.exitStatus;
}

/** In the background stderr is /dev/null: without this line tsvd would be gone without a word. */
function logFailedRestart(error: unknown, { supervisord }: Config, { kernel }: Daemon): void {
  // That there is no such file has been told, if it is so.
  const warn = (): void => undefined;
  const log = new DaemonLog({ supervisord, echo: false, clock: systemClock, kernel, warn });
  log.log('critical', `cannot start again: ${(error as Error).message}`);
  log.close();
}

/** Another of our programs: each is one file, and they lie side by side in dist/. */
function programBeside(name: string): { file: string; argv: string[] } {
  const file = process.execPath;
  const isBundled = typeof __dirname === 'string';
  const folder = isBundled ? __dirname : join(dirname(process.argv[1] ?? ''), '../dist');
  return { file, argv: [file, join(folder, `${name}.cjs`)] };
}
