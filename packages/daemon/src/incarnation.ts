import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Config, ProcessConfig, ProgramSection, ReadingObserver } from '@tsvisor/config';
import {
  OwnStdout,
  printOutput,
  Supervisor,
  systemClock,
  type ExitStatus,
  type Kernel,
  type Logger,
  type Serials,
  type SupervisorOptions,
  traceback,
} from '@tsvisor/core';
import { openServers, type Server } from '@tsvisor/server';

import { autoLogsOf, cleanUpAutoLogs, removeUnused } from './auto-logs.ts';
import { enterBackground, type ProcessState } from './background.ts';
import type { Readiness } from './daemonize.ts';
import { forwardSignals } from './forwarding.ts';
import { InitScripts } from './init-scripts.ts';
import { live, logExitRequest } from './life.ts';
import { ensureLimits, type LimitAccess } from './limits.ts';
import { DaemonLog } from './main-log/daemon-log.ts';
import { watchOomKills } from './oom-kills.ts';
import { Pidfile } from './pidfile.ts';
import { dropPrivileges, type Credentials, type PrivilegeLines } from './privileges.ts';
import { giveBackWhenQuiet } from './quiet-memory.ts';
import { restart } from './restart.ts';
import { shellAbove, shellWarning } from './shell-above.ts';
import type { SignalSource, Signals } from './signals.ts';
import { supervisorVersion } from './versions.ts';
import { watchFiles } from './watch/watch-files.ts';

const A_MOMENT_MS = 200;
/** The exit status after a script of init_dir= that has not succeeded. */
const INIT_FAILED = 1;

/** What stays the same over restarts. */
export interface Daemon {
  readonly signals: Signals;
  /** For the signals that are passed on. */
  readonly signalSource: SignalSource;
  readonly kernel: Kernel;
  readonly credentials: Credentials;
  readonly limits: LimitAccess;
  /** The soft limit on open files that we were started with. */
  readonly inheritedNofile: number;
  readonly process: ProcessState;
  readonly serials: Serials;
  /** What serves as an event listener whose command is not there. */
  readonly ownListeners: NonNullable<SupervisorOptions['ownListeners']>;
  /** Reads the configuration again, for a client. */
  reread(): Config;
  /** The same as a restart would; it is checked first. */
  readonly readForRestart: () => Config;
  /** The same, where a relative path means what it meant at the start. */
  readonly readAsAtStart: (observer: ReadingObserver) => Config;
  /** Reads a program that stands in no file, for the configuration that is in force. */
  readProgram(section: ProgramSection, active: Config): readonly ProcessConfig[];
  /** From now on, orphans among our descendants become our children. */
  adoptOrphans(): void;
  /** To the kernel, all that holds nothing any more. */
  giveBackMemory(quiet: boolean): void;
  /** To stderr. */
  tell(text: string): void;
}

/** How a life ends: to begin anew, or for good. */
export type Outcome = 'RESTARTING' | { readonly exitStatus: number };

/** Only of the first: not of those that a restart brings. */
export interface FirstStart {
  /** Undefined in the foreground. */
  readonly readiness: Readiness | undefined;
}

/**
 * The daemon from a configuration to the end of its last program; a restart is another one in
 * the same process. The order is that of daemon.md §3.
 *
 * @throws {StartError} @throws {SocketError} @throws {SpawnError} and the like: it did not start
 */
export async function incarnate(
  config: Config,
  daemon: Daemon,
  first: FirstStart | undefined,
): Promise<Outcome> {
  const { supervisord } = config;
  const lines = prepareProcess(config, daemon, first);
  const log = new DaemonLog({
    supervisord,
    echo: supervisord.noDaemon && !supervisord.silent,
    clock: systemClock,
    kernel: daemon.kernel,
    warn: (text) => daemon.tell(`Warning: ${text}\n`),
  });
  const stdout = new OwnStdout({
    clock: systemClock,
    sendNow: (fd, data) => daemon.kernel.sendNow(fd, data),
    report: (problem) => log.log('warn', problem),
  });
  const supervisor = new Supervisor({
    config,
    logger: log,
    kernel: daemon.kernel,
    resultHandlers: {
      'supervisor_stdout:event_handler': printOutput((lines) => stdout.write(lines)),
    },
    ownListeners: daemon.ownListeners,
    serials: daemon.serials,
    reap: 'any',
  });
  const pidfile = new Pidfile(supervisord.pidfile);
  let servers: readonly Server[] = [];
  let isUp = false;
  try {
    announce(config, lines, log);
    supervisor.addGroups();
    const asked = giveBackWhenQuiet(supervisor, systemClock, (quiet) =>
      daemon.giveBackMemory(quiet),
    );
    const opening = openServers(config.servers, supervisor, {
      daemon: control(supervisor, log, daemon),
      logger: log,
      rpcInterfaces: config.rpcInterfaces,
      report: (line) => daemon.tell(line),
      asked,
    });
    // A name server that does not answer can hold this up for long: not against a TERM.
    const opened = await Promise.race([opening, daemon.signals.exitAsked()]);
    if (typeof opened === 'string') {
      logExitRequest(opened, log);
      await abandon(opening);
      return { exitStatus: 0 };
    }
    servers = opened;
    // Where they are, before the working folder changes.
    const autoLogs = { ...supervisord, childLogDir: resolve(supervisord.childLogDir) };
    const own = autoLogsOf(supervisor).map((path) => resolve(path));
    if (first?.readiness) enterBackground(supervisord, daemon.process, log);
    pidfile.write(process.pid, log);
    if (!supervisord.noCleanup) cleanUpAutoLogs(autoLogs, own, log);
    first?.readiness?.announce();
    isUp = true;
    const shell = first === undefined || first.readiness ? undefined : shellAbove();
    if (shell !== undefined) log.log('warn', shellWarning(shell));
    return await survivingErrors(log, () => supervise(supervisor, config, daemon, log));
  } finally {
    await closeAll(servers);
    pidfile.remove();
    supervisor.close();
    if (!isUp) removeUnused(autoLogsOf(supervisor));
    stdout.close();
    log.close();
  }
}

/** What a timer of node's can wait at most: 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** From the scripts of init_dir= to the end of the last program. */
async function supervise(
  supervisor: Supervisor,
  config: Config,
  daemon: Daemon,
  log: DaemonLog,
): Promise<Outcome> {
  const { supervisord } = config;
  const { kernel, signals, signalSource, readAsAtStart, readForRestart } = daemon;
  const whenDead = (pid: number): Promise<ExitStatus> => supervisor.whenDead(pid);
  const options = { supervisord, kernel, clock: systemClock, logger: log, whenDead };
  const scripts = new InitScripts(options);
  supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => scripts.stop());
  watchOomKills(supervisor, log);
  watchFiles({ config, supervisor, clock: systemClock, logger: log, read: readAsAtStart });
  const endForwarding = forwardSignals(supervisord.forwardSignals, signalSource, supervisor, log);
  // A signal that may come does not keep node alive: where there is neither a server nor a program
  // that runs, nothing else does.
  const alive = setInterval(() => undefined, LONGEST_MS);
  let hasFailed = false;
  try {
    const runScripts = async (): Promise<void> => {
      const succeeded = await scripts.run();
      if (succeeded || supervisor.state !== 'RUNNING') return;
      hasFailed = true;
      void supervisor.shutdown('SHUTDOWN');
    };
    const mood = await live(supervisor, log, signals, runScripts, () =>
      restart(supervisor, readForRestart, log),
    );
    if (mood === 'RESTARTING') return mood;
    return { exitStatus: hasFailed ? INIT_FAILED : supervisor.exitStatus };
  } finally {
    clearInterval(alive);
    endForwarding();
  }
}

/** What concerns the whole process; returns what is to be logged about it. */
function prepareProcess(
  { supervisord }: Config,
  daemon: Daemon,
  first: FirstStart | undefined,
): PrivilegeLines {
  const { critical, info } = dropPrivileges(supervisord.user, daemon.credentials);
  // Or what is to be swept would belong to pid 1, and not be ours to find.
  if (supervisord.sweep === true) daemon.adoptOrphans();
  if (first === undefined) return { critical, info };
  const request = { ...supervisord, inheritedNofile: daemon.inheritedNofile };
  // After the privileges: as supervisord, which cannot raise a hard limit with user= then.
  return { critical, info: [...info, ...ensureLimits(request, daemon.limits)] };
}

const closeAll = (servers: readonly Server[]): Promise<unknown> =>
  Promise.all(servers.map((server) => server.close()));

/** What gets open in a moment is closed again; what hangs ends with the process. */
async function abandon(opening: Promise<readonly Server[]>): Promise<void> {
  await Promise.race([opening.then(closeAll, () => undefined), sleep(A_MOMENT_MS)]);
}

/** All that was to be said before there was a log: the critical first. */
function announce({ messages }: Config, { critical, info }: PrivilegeLines, logger: Logger): void {
  for (const text of [...critical, ...messages.critical]) logger.log('critical', text);
  for (const text of messages.warn) logger.log('warn', text);
  for (const text of [...messages.info, ...info]) logger.log('info', text);
}

/** The daemon as clients see it. */
function control(
  supervisor: Supervisor,
  log: DaemonLog,
  daemon: Daemon,
): Parameters<typeof openServers>[2]['daemon'] {
  return {
    version: supervisorVersion,
    pid: process.pid,
    // Live after a reread, as in supervisord.
    get identifier() {
      return supervisor.config.supervisord.identifier;
    },
    mainLog: log,
    loadConfig: () => daemon.reread(),
    readProgram: (section) => daemon.readProgram(section, supervisor.config),
    stop(mood) {
      if (mood === 'RESTARTING') restart(supervisor, () => daemon.readForRestart(), log);
      else void supervisor.shutdown(mood);
    },
  };
}

/** A mistake of ours must not end programs that run: it is logged, and they go on. */
async function survivingErrors<T>(logger: Logger, run: () => Promise<T>): Promise<T> {
  const survive = (error: unknown): void => {
    logger.log('critical', `internal error, going on: ${traceback(error)}`);
  };
  process.on('uncaughtException', survive);
  try {
    return await run();
  } finally {
    process.off('uncaughtException', survive);
  }
}
