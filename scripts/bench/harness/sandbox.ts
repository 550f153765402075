import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { membersOf } from './proc.ts';
import { untilNow } from './wait.ts';

/** In memory where that can be had, so that no disk is measured. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const open = new Set<Sandbox>();

/** A folder of its own, and all processes that were started in it. */
export class Sandbox {
  /** Short: a socket's path holds 107 bytes. */
  readonly folder = mkdtempSync(join(base, 'bench'));
  readonly #sessions = new Set<number>();

  constructor() {
    open.add(this);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  read(name: string): string {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : '';
  }

  /** What is in this session ends with the sandbox; `leader` first, so that it restarts nothing. */
  adopt(leader: number): void {
    this.#sessions.add(leader);
  }

  close(): void {
    open.delete(this);
    for (const leader of this.#sessions) kill(leader);
    untilNow('all that was started to be gone', () => {
      const left = membersOf(this.#sessions);
      for (const pid of left) kill(pid);
      return left.length === 0;
    });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Also when this is interrupted. */
export function closeAllAtExit(): void {
  process.on('exit', () => {
    for (const sandbox of open) sandbox.close();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(1));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
