import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';

import { Client } from './client.ts';
import type { Contender } from './contenders.ts';
import { cpuSecondsOf, statOf } from './proc.ts';
import type { Sandbox } from './sandbox.ts';
import { until, within } from './wait.ts';

/** Little, and the same for both. */
export const environment = { PATH: process.env['PATH'], LANG: 'C.UTF-8' };

export interface DaemonOptions {
  /** Into the background: `pid` is known when it is there. */
  readonly background?: boolean;
  /** More lines of the section [supervisord]. */
  readonly supervisord?: readonly string[];
}

/** A supervisor that has been started, by one of the contenders, in a sandbox. */
export class Daemon {
  readonly contender: Contender;
  readonly sandbox: Sandbox;
  /** Just before it was executed, as performance.now() has it. */
  readonly startedAt: number;
  readonly #process: ChildProcess;
  readonly #ended: Promise<number>;
  #pid: number;

  /** @param sections what the configuration has besides the daemon's own sections */
  constructor(
    contender: Contender,
    sandbox: Sandbox,
    sections: readonly string[],
    { background = false, supervisord = [] }: DaemonOptions = {},
  ) {
    this.contender = contender;
    this.sandbox = sandbox;
    const config = sandbox.write('d.conf', configuration(sandbox, supervisord, sections));
    const words = ['-c', config, ...(background ? [] : ['-n'])];
    this.startedAt = performance.now();
    this.#process = spawn(contender.daemon, words, {
      cwd: sandbox.folder,
      env: environment,
      stdio: 'ignore',
      detached: true,
    });
    this.#pid = this.#process.pid ?? 0;
    sandbox.adopt(this.#pid);
    this.#ended = new Promise((resolve) =>
      this.#process.on('exit', () => resolve(performance.now())),
    );
  }

  get pid(): number {
    return this.#pid;
  }

  get socket(): string {
    return this.sandbox.path('s.sock');
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.pid);
  }

  /** When the process that was executed has ended: all of it, or what waits for the background. */
  ended(withinMs?: number): Promise<number> {
    return within(`${this.contender.name} to end`, this.#ended, withinMs);
  }

  /** The background process, once the pidfile tells it. */
  async detached(): Promise<void> {
    const pid = await until('the pidfile', () => Number(this.sandbox.read('d.pid')));
    this.sandbox.adopt(statOf(pid)?.session ?? pid);
    this.#pid = pid;
  }

  terminate(): void {
    process.kill(this.pid, 'SIGTERM');
  }

  /** A client, from the first moment that one is answered. */
  async client(): Promise<Client> {
    let changed = (): void => undefined;
    const folder = watch(this.sandbox.folder, () => changed());
    const untilChanged = (): Promise<void> => new Promise((resolve) => (changed = resolve));
    try {
      return await within('the socket to answer', this.#connected(untilChanged));
    } finally {
      folder.close();
    }
  }

  async #connected(untilChanged: () => Promise<void>): Promise<Client> {
    for (;;) {
      const change = untilChanged();
      try {
        const client = await Client.connect(this.socket);
        await client.call('supervisor.getState');
        return client;
      } catch (error) {
        // Not there yet: the folder tells. There, but it does not listen yet: that takes no time.
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        await (isMissing ? change : new Promise(setImmediate));
      }
    }
  }
}

function configuration(
  sandbox: Sandbox,
  supervisord: readonly string[],
  sections: readonly string[],
): string {
  const lines = [
    '[unix_http_server]',
    `file=${sandbox.path('s.sock')}`,
    '[supervisord]',
    `logfile=${sandbox.path('main.log')}`,
    'logfile_maxbytes=0',
    `pidfile=${sandbox.path('d.pid')}`,
    `childlogdir=${sandbox.folder}`,
    ...supervisord,
    '[rpcinterface:supervisor]',
    'supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface',
    '[supervisorctl]',
    `serverurl=unix://${sandbox.path('s.sock')}`,
    ...sections,
  ];
  return `${lines.join('\n')}\n`;
}
