import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the repository, by its path from the root. */
export const fromRoot = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const tsvdProgram = fromRoot('packages/daemon/bin/tsvd');
export const tsvctlProgram = fromRoot('packages/ctl/bin/tsvctl');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its exit status; rejects if that takes too long. */
  readonly ended: (withinMs?: number) => Promise<Ended>;
}

/** Waits until `isSo` answers something true, and returns that. */
export async function waitFor<T>(
  what: string,
  isSo: () => T | Promise<T>,
  withinMs = 15_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await isSo();
    if (answer) return answer as NonNullable<T>;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A folder of its own with a configuration, and what was started in it. */
export class Sandbox {
  /** Short, for a socket's path holds 107 bytes. */
  readonly folder = mkdtempSync(join(tmpdir(), 'tv'));
  readonly #running: Running[] = [];
  #pids: number[] = [];

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string, mode = 0o644): string {
    writeFileSync(this.path(name), text, { mode });
    return this.path(name);
  }

  read(name: string): string {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : '';
  }

  /** A supervisord.conf with a unix socket, all its files in this folder, and these lines. */
  configure(lines: string, supervisord = ''): string {
    return this.write(
      'supervisord.conf',
      [
        '[unix_http_server]',
        `file=${this.path('s.sock')}`,
        '[supervisord]',
        `logfile=${this.path('main.log')}`,
        `pidfile=${this.path('d.pid')}`,
        `childlogdir=${this.folder}`,
        supervisord,
        '[rpcinterface:supervisor]',
        'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
        '[supervisorctl]',
        `serverurl=unix://${this.path('s.sock')}`,
        lines,
        '',
      ].join('\n'),
    );
  }

  /** Starts a program whose output is collected. */
  run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Running {
    const child = spawn(program, args, {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    let status: number | null | undefined;
    child.on('close', (code) => (status = code));
    const running: Running = {
      process: child,
      stdout: () => stdout,
      stderr: () => stderr,
      ended: async (withinMs = 20_000) => {
        await waitFor(`${program} to end`, () => status !== undefined, withinMs);
        return { status: status ?? null, stdout, stderr };
      },
    };
    this.#running.push(running);
    return running;
  }

  /** tsvd in the foreground with the configuration, once it has written its pidfile. */
  startDaemon(...args: readonly string[]): Promise<Running> {
    return this.startDaemonWith(process.env, ...args);
  }

  /** The same with this environment alone. */
  async startDaemonWith(
    environment: NodeJS.ProcessEnv,
    ...args: readonly string[]
  ): Promise<Running> {
    const command = ['-n', '-c', this.path('supervisord.conf'), ...args];
    const daemon = this.run(tsvdProgram, command, environment);
    await waitFor(`tsvd to start: ${daemon.stderr()}${daemon.stdout()}`, () =>
      this.read('main.log').includes('supervisord started with pid'),
    );
    return daemon;
  }

  /** What tsvctl prints, whatever its exit status. */
  ctl(...args: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const command = ['-c', this.path('supervisord.conf'), ...args];
      execFile(tsvctlProgram, command, { cwd: this.folder }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ status, stdout, stderr });
      });
    });
  }

  /** Waits until the program's state, as tsvctl shows it, is this. */
  async waitForState(program: string, state: string, withinMs?: number): Promise<void> {
    await waitFor(
      `${program} to be ${state}`,
      async () => {
        const { stdout } = await this.ctl('status', program);
        return stdout.split(/\s+/)[1] === state;
      },
      withinMs,
    );
  }

  /** Also ends this process, and its children, with the sandbox. */
  adopt(pid: number): void {
    this.#pids.push(pid);
  }

  /** Ends all that was started here, and removes the folder. */
  async close(): Promise<void> {
    for (const { process: child } of this.#running) {
      if (child.pid !== undefined && child.exitCode === null) this.#pids.push(child.pid);
    }
    for (const pid of this.#pids.flatMap((one) => [...descendants(one), one])) kill(pid);
    for (const running of this.#running) await running.ended().catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Pids of all that descend from a process, by /proc. */
export function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(entry);
    if (parent !== undefined)
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const walk = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      walk(child);
    }
  };
  walk(root);
  return found;
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It ended while we looked.
    return undefined;
  }
}
