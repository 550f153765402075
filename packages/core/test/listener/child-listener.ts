import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import type { PoolMember } from '../../src/events/pool.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));

/** A real process as a member of a pool. */
export class ChildListener implements PoolMember {
  readonly name = 'child';
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  #reported = '';

  constructor(fixture: string, received: (chunk: Buffer) => void) {
    const options = ['--import', 'tsx', '--conditions=@tsvisor/source'];
    this.child = spawn(process.execPath, [...options, `${fixtures}/${fixture}`], { cwd: root });
    this.child.stdout.on('data', received);
    this.child.stderr.setEncoding('utf8');
    this.child.stderr.on('data', (text: string) => (this.#reported += text));
  }

  isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  isClogged(): boolean {
    return this.child.stdin.writableLength > 0;
  }

  write(data: Buffer): 'written' {
    this.child.stdin.write(data);
    return 'written';
  }

  /** The lines of its stderr. */
  get reports(): string[] {
    return this.#reported.split('\n').slice(0, -1);
  }

  /** Waits until it has said so on its stderr. */
  async said(line: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (this.reports.includes(line)) resolve();
      };
      look();
      this.child.stderr.on('data', look);
      this.child.once('close', () => reject(new Error(`ended without ${line}: ${this.#reported}`)));
    });
  }

  /** Its exit status, once all it wrote has been read. */
  async ended(): Promise<number | null> {
    if (this.isRunning() || !this.child.stderr.readableEnded) await once(this.child, 'close');
    return this.child.exitCode;
  }
}
