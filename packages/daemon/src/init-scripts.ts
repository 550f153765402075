import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { SupervisordConfig } from '@tsvisor/config';
import type { Cancel, Clock, ExitStatus, Kernel, Logger } from '@tsvisor/core';

const SIGTERM = 15;
const SIGKILL = 9;
/** What a script has to end in once it was asked to, before it is killed. */
const GRACE_MS = 2000;

export interface InitScriptsOptions {
  readonly supervisord: Pick<SupervisordConfig, 'initDir' | 'initTimeoutSeconds' | 'environment'>;
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The end of a child that we have started. */
  readonly whenDead: (pid: number) => Promise<ExitStatus>;
}

/** The executables of init_dir=: they run one after another, before any program starts. */
export class InitScripts {
  readonly #options: InitScriptsOptions;
  #isStopped = false;
  /** Asks the one that runs to end. */
  #stopCurrent: () => void = () => undefined;

  constructor(options: InitScriptsOptions) {
    this.#options = options;
  }

  /** @returns whether all have succeeded; which has not, and why, is in the log */
  async run(): Promise<boolean> {
    const { initDir } = this.#options.supervisord;
    if (initDir === null) return true;
    for (const name of executablesIn(initDir)) {
      if (this.#isStopped) return false;
      const problem = await this.#runOne(initDir, name);
      if (problem === undefined) continue;
      if (!this.#isStopped) {
        this.#say('critical', `init script ${join(initDir, name)} ${problem}, nothing is started`);
      }
      return false;
    }
    return true;
  }

  /** No more of them: the daemon is to end. */
  stop(): void {
    this.#isStopped = true;
    this.#stopCurrent();
  }

  /** @returns what went wrong */
  async #runOne(folder: string, name: string): Promise<string | undefined> {
    const { kernel, clock, supervisord, whenDead } = this.#options;
    this.#say('info', `init script ${name} runs`);
    const input = kernel.openPipe('write');
    const output = kernel.openPipe('read');
    const file = join(folder, name);
    const { pid, stillborn } = kernel.spawn({
      file,
      argv: [file],
      environment: { ...environmentOfOurs(), ...supervisord.environment },
      directory: null,
      umask: null,
      user: null,
      stdio: [input.theirs, output.theirs, output.theirs],
    });
    // Nothing is there to be read.
    for (const fd of [input.ours, input.theirs, output.theirs]) kernel.closeFd(fd);
    const lines = new Lines((line) => this.#say('info', `init script ${name}: ${line}`));
    const source = kernel.readPipe(output.ours, {
      data: (chunk) => lines.add(chunk.toString()),
      end: () => lines.end(),
    });
    if (stillborn !== undefined) {
      source.close();
      await whenDead(pid);
      return `could not be run: ${stillborn.text.trim().replaceAll('\n', '; ')}`;
    }
    let isLate = false;
    const timeout = this.#after(supervisord.initTimeoutSeconds, () => {
      isLate = true;
      this.#stopCurrent();
    });
    let cancelKill: Cancel = () => undefined;
    this.#stopCurrent = () => {
      this.#signal(-pid, SIGTERM);
      cancelKill = clock.after(GRACE_MS, () => this.#signal(-pid, SIGKILL));
    };
    const status = await whenDead(pid);
    timeout();
    cancelKill();
    this.#stopCurrent = () => undefined;
    source.drain();
    source.close();
    lines.end();
    if (isLate) return `did not end within ${supervisord.initTimeoutSeconds} seconds`;
    return status.code === 0 ? undefined : `failed (${status.text})`;
  }

  #after(seconds: number, run: () => void): Cancel {
    return seconds === 0 ? () => undefined : this.#options.clock.after(seconds * 1000, run);
  }

  #signal(target: number, signal: number): void {
    try {
      this.#options.kernel.kill(target, signal);
    } catch {
      // ESRCH: it has ended by itself.
    }
  }

  #say(level: 'info' | 'critical', text: string): void {
    this.#options.logger.log(level, text);
  }
}

/** Text that arrives in pieces, line by line. */
class Lines {
  readonly #tell: (line: string) => void;
  #rest = '';

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#tell(line);
  }

  end(): void {
    if (this.#rest !== '') this.#tell(this.#rest);
    this.#rest = '';
  }
}

const executablesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .toSorted((a, b) => (a < b ? -1 : Number(a > b)))
    .filter((name) => isExecutable(join(folder, name)));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // A README, a link to nowhere.
    return false;
  }
}

function environmentOfOurs(): Record<string, string> {
  const set = Object.entries(process.env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Record<string, string>;
}
