import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { Client } from '../../packages/rpc/src/index.ts';
import { membersOf } from '../bench/harness/proc.ts';
import { wholeLog } from './accounts/log-files.ts';
import type { Ground } from './ground.ts';
import { until } from './wait.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** TSVD and TSVCTL name other builds than the one in this tree. */
export const tsvd = process.env['TSVD'] ?? fromRoot('packages/daemon/bin/tsvd');
export const tsvctl = process.env['TSVCTL'] ?? fromRoot('packages/ctl/bin/tsvctl');

const STOPS_WITHIN_MS = 60_000;

/** The daemon of a soak, in a session of its own. */
export class Daemon {
  readonly ground: Ground;
  readonly pid: number;
  /** Undefined while it runs. */
  ended: { readonly status: number | null; readonly signal: string | null } | undefined;
  /** Whether it was told to start anew, and is not back yet: nobody need be answered. */
  isReloading = false;
  readonly #process: ChildProcess;

  constructor(ground: Ground) {
    this.ground = ground;
    this.#process = spawn(tsvd, ['-n', '-c', ground.config], {
      cwd: ground.folder,
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
      stdio: 'ignore',
      detached: true,
    });
    this.pid = this.#process.pid ?? 0;
    this.#process.on('exit', (status, signal) => (this.ended = { status, signal }));
  }

  client(): Client {
    return new Client({ serverUrl: `unix://${this.ground.socket}`, idleTimeoutMs: 60_000 });
  }

  get isUp(): boolean {
    return !this.isReloading && this.ended === undefined;
  }

  async answers(): Promise<void> {
    const client = this.client();
    await until('the daemon to answer', async () => {
      const state = await client.call('supervisor.getState', []).catch(() => undefined);
      return state?.statename === 'RUNNING';
    });
    client.close();
  }

  signal(name: NodeJS.Signals): void {
    if (this.ended === undefined) process.kill(this.pid, name);
  }

  /** HUP, and all that comes of it. */
  async reload(): Promise<void> {
    const starts = this.#starts();
    this.isReloading = true;
    this.signal('SIGHUP');
    await until('the daemon to start anew', () => this.#starts() > starts, STOPS_WITHIN_MS);
    await this.answers();
    this.isReloading = false;
  }

  async terminate(): Promise<void> {
    this.signal('SIGTERM');
    await until('the daemon to end', () => this.ended !== undefined, STOPS_WITHIN_MS);
  }

  /** What lives in its session, but for itself. */
  leftOver(): number[] {
    return membersOf(new Set([this.pid])).filter((pid) => pid !== this.pid);
  }

  /** Whatever has happened, nothing is left. */
  kill(): void {
    this.signal('SIGKILL');
    for (const pid of this.leftOver()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
  }

  #starts(): number {
    const text = wholeLog(this.ground.mainLog).bytes.toString('latin1');
    return text.split('supervisord started with pid').length;
  }
}
