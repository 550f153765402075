import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The folder of one soak, and what is where in it. */
export class Ground {
  /** Short: a socket's path holds 107 bytes. */
  readonly folder = mkdtempSync(join(base, 'soak'));
  readonly config = join(this.folder, 'supervisord.conf');
  readonly extras = join(this.folder, 'extras.conf');
  readonly socket = join(this.folder, 's.sock');
  readonly pidfile = join(this.folder, 'd.pid');
  readonly mainLog = join(this.folder, 'main.log');
  readonly logs = join(this.folder, 'logs');
  /** Logs, in a folder that is taken away for a while now and then. */
  readonly away = join(this.folder, 'away');
  readonly ledgers = join(this.folder, 'ledgers');
  readonly auto = join(this.folder, 'auto');

  constructor() {
    for (const folder of [this.logs, this.away, this.ledgers, this.auto]) mkdirSync(folder);
  }

  /** What runs a fixture, as the beginning of a command. */
  fixture(name: string): string {
    if (name === 'there-is-no-such-program') return join(this.folder, name);
    const file = `"${fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))}"`;
    return name.endsWith('.cjs') ? `"${process.execPath}" ${file}` : `/bin/sh ${file}`;
  }

  ledgerOf(name: string): string {
    return join(this.ledgers, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
