import { errorText } from '../../errors.ts';
import type { Report } from '../sink.ts';

/** What does not work now with a log file: each thing is told once, and once more when it is over. */
export class LogTroubles {
  readonly #path: string;
  readonly #report: Report;
  /** Made by the first: most logs never have any. */
  #now: Set<'write' | 'rotate' | 'reopen'> | undefined;
  #lostBytes = 0;

  constructor(path: string, report: Report) {
    this.#path = path;
    this.#report = report;
  }

  get isReopenDue(): boolean {
    return this.#now?.has('reopen') ?? false;
  }

  lost(bytes: number): void {
    this.#lostBytes += bytes;
  }

  cannotWrite(error: unknown): void {
    this.#tell('write', `cannot write log file ${this.#path}`, error);
  }

  cannotRotate(error: unknown): void {
    this.#tell('rotate', `cannot rotate log file ${this.#path}, it grows on`, error);
  }

  cannotReopen(error: unknown): void {
    this.#tell('reopen', `cannot reopen log file ${this.#path}`, error);
  }

  rotated(): void {
    this.#now?.delete('rotate');
  }

  reopened(): void {
    this.#now?.delete('reopen');
  }

  /** All that waited is in the file. */
  written(): void {
    if (this.#now?.delete('write') !== true && this.#lostBytes === 0) return;
    this.#report(`log file ${this.#path} is written again${this.#loss()}`);
  }

  closed(): void {
    if (this.#lostBytes > 0) this.#report(`log file ${this.#path} is closed${this.#loss()}`);
  }

  #tell(what: 'write' | 'rotate' | 'reopen', problem: string, error: unknown): void {
    if (this.#now?.has(what) === true) return;
    (this.#now ??= new Set()).add(what);
    this.#report(`${problem}: ${errorText(error)}`);
  }

  #loss(): string {
    const lost = this.#lostBytes;
    this.#lostBytes = 0;
    return lost === 0 ? '' : `; ${lost} bytes were lost meanwhile`;
  }
}
