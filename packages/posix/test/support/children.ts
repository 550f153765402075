import { closeSync, readSync } from 'node:fs';

import { openPipe } from '../../src/pipes.ts';
import { spawnBy } from '../../src/spawn.ts';
import type { DirectoryChange, Spawned, SpawnRequest } from '../../src/spawn.ts';
import { waitFor } from '../../src/wait.ts';

export const asRoot = process.getuid?.() === 0;

export interface Ended extends Spawned {
  readonly stdout: string;
  readonly stderr: string;
  /** As waitpid(2) gives it. */
  readonly status: number;
}

interface Options extends Partial<SpawnRequest> {
  readonly change?: DirectoryChange;
  readonly owner?: { uid: number; gid: number };
}

/** Runs a program to its end, on three pipes. */
export function run(argv: readonly [string, ...string[]], options: Options = {}): Ended {
  const { change = 'child', owner, ...request } = options;
  const pipes = [
    openPipe('write', owner),
    openPipe('read', owner),
    openPipe('read', owner),
  ] as const;
  const stdio = [pipes[0].theirs, pipes[1].theirs, pipes[2].theirs] as const;
  let spawned: Spawned;
  try {
    spawned = spawnBy(
      {
        file: argv[0],
        argv,
        environment: { PATH },
        directory: null,
        umask: null,
        user: null,
        stdio,
        ...request,
      },
      change,
    );
  } finally {
    stdio.forEach(closeSync);
  }
  closeSync(pipes[0].ours);
  const [stdout, stderr] = [pipes[1], pipes[2]].map(({ ours }) => readToEnd(ours)) as [
    string,
    string,
  ];
  return {
    ...spawned,
    stdout,
    stderr,
    status: exitOf(spawned.pid),
  };
}

const PATH = '/usr/local/bin:/usr/bin:/bin';

/** Runs shell commands and answers with their output. */
export function sh(script: string, options?: Options): string {
  const { stdout, stderr } = run(['/bin/sh', '-c', script], options);
  return stdout + stderr;
}

/** Waits, by asking, for a child that is known to end. */
export function exitOf(pid: number): number {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const reaped = waitFor(pid);
    if (reaped !== undefined) return reaped.status;
    if (performance.now() > deadline) throw new Error(`process ${pid} has not ended in 20 s`);
    pause();
  }
}

/** Reads a non-blocking end until all writers have closed it. */
export function readToEnd(fd: number): string {
  const chunk = Buffer.alloc(65536);
  let text = '';
  for (;;) {
    try {
      const length = readSync(fd, chunk);
      if (length === 0) break;
      text += chunk.toString('utf8', 0, length);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      pause();
    }
  }
  closeSync(fd);
  return text;
}

/** Lets others run; the event loop is not needed by what is waited for here. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
