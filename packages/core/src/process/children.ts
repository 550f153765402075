import type { Attendance, Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import { Reaper } from './reaper.ts';
import type { Mourner, ReapPolicy } from './reaper.ts';

export interface ChildrenOptions {
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly reap: ReapPolicy;
  /** Left out: whoever owns this program calls `reap` when a child has died. */
  readonly attended: { readonly exiting: () => void } | undefined;
}

/** The children that are waited for; a guest's keep the program alive that it is in. */
export class Children {
  readonly #reaper: Reaper;
  readonly #attendance: Attendance | undefined;

  constructor({ kernel, logger, reap, attended }: ChildrenOptions) {
    this.#reaper = new Reaper(kernel, logger, reap);
    if (attended === undefined) return;
    this.#attendance = kernel.attend({ died: () => this.reap(), exiting: attended.exiting });
  }

  get reaped(): number {
    return this.#reaper.reaped;
  }

  get strangers(): number {
    return this.#reaper.strangers;
  }

  /** Collects those that have died. */
  reap(): void {
    this.#reaper.reap();
    this.#attendance?.keepAlive(this.#reaper.isWaiting);
  }

  /** See Reaper. */
  collectInTurn(groups: readonly (readonly number[])[]): void {
    this.#reaper.collectInTurn(groups);
  }

  /** Collects this one, if it has died. */
  reapOne(pid: number): void {
    this.#reaper.reapOne(pid);
  }

  spawned(mourner: Mourner, pid: number): void {
    this.#reaper.spawned(mourner, pid);
    this.#attendance?.keepAlive(true);
  }

  /** The end of one that somebody has started beside the programs. */
  whenDead(pid: number): Promise<ExitStatus> {
    return new Promise((resolve) => {
      this.#reaper.spawned({ collect: (status) => resolve(exitStatus(status)) }, pid);
    });
  }

  /** None is noticed by itself any more. */
  close(): void {
    this.#attendance?.end();
  }
}
