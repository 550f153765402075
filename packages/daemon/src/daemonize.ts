/**
 * How a program that cannot fork becomes a daemon (daemon.md §6, §16.4). The first process
 * starts the program again in a session of its own, with the caller's streams still attached,
 * and waits: the second does the whole start, so that whatever fails before it is ready is told
 * on the caller's terminal and by a status other than 0. Then it lets go of the streams, says
 * so over a pipe, and the first ends with 0.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';

import { launchVariables, type Launch } from '@tsvisor/posix';

import { StartError } from './errors.ts';
import type { Signals } from './signals.ts';

/** The environment variable in which the second process finds the descriptor to report on. */
const READY_FD = 'TSVISOR_READY_FD';

export interface Restartable {
  /** The command line after the program's name. */
  readonly words: readonly string[];
  /** What the launcher had told us, for the second process to find in turn. */
  readonly launch: Launch;
}

/**
 * The first process' part. A signal that asks it to end is passed on, and ends it in the end.
 *
 * @returns the exit status: 0 when the second process is ready, else how that ended
 * @throws {StartError} it could not be started at all
 */
export async function startDetached(program: Restartable, signals: Signals): Promise<number> {
  let asked: NodeJS.Signals | undefined;
  const outcome = await new Promise<Outcome>((resolve) => {
    const second = startAgain(program);
    signals.deliverTo((signal, meaning) => {
      if (meaning !== 'exit') return;
      asked = signal;
      second.kill(signal);
    });
    second.stdio[3]?.once('data', () => resolve('ready'));
    second.once('error', (error) => resolve({ error }));
    second.once('exit', (status, signal) => resolve({ status, signal }));
  });
  if (outcome === 'ready') return 0;
  if ('error' in outcome) {
    throw new StartError(`Could not start ${process.execPath}: ${outcome.error.message}`);
  }
  const signal = outcome.signal ?? asked;
  if (signal !== undefined) dieOf(signal);
  // It ended in peace, but without having started.
  return outcome.status || 1;
}

type Outcome =
  | 'ready'
  | { readonly error: Error }
  | { readonly status: number | null; readonly signal: NodeJS.Signals | null };

/** As whoever waits for us expects of a program that a signal ended. */
function dieOf(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** The same program in a session of its own: setsid(2). */
function startAgain({ words, launch }: Restartable): ChildProcess {
  const script = process.argv[1] ?? '';
  return spawn(process.execPath, [...process.execArgv, script, ...words], {
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, ...launchVariables(launch), [READY_FD]: '3' },
  });
}

/** The second process' end of the pipe. */
export class Readiness {
  #fd: number;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Undefined in the first process. The variable is taken out: no child shall see it. */
  static take(environment: NodeJS.ProcessEnv): Readiness | undefined {
    const fd = environment[READY_FD];
    delete environment[READY_FD];
    return fd === undefined ? undefined : new Readiness(Number(fd));
  }

  announce(): void {
    try {
      writeSync(this.#fd, '.');
    } catch {
      // EPIPE: the first process was killed. Whoever did that did not ask us to end.
    }
    closeSync(this.#fd);
  }
}

/** Points 0, 1 and 2 to /dev/null. */
export function letGoOfStreams(dup2: (from: number, to: number) => void): void {
  const nowhere = openSync('/dev/null', 'r+');
  for (const fd of [0, 1, 2]) dup2(nowhere, fd);
  closeSync(nowhere);
}
