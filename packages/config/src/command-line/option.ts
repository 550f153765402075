import type { ValueType } from '../values/type.ts';

/** An option of a program. */
export interface CommandLineOption {
  /** The name of its value in the result. */
  readonly to: string;
  /** Letters, each of which stands for it. */
  readonly short?: string;
  readonly long?: string;
  /** What help calls its argument; left out: it is a flag, whose value is true. */
  readonly argument?: string;
  /** Left out: text. */
  readonly type?: ValueType<unknown>;
  /** Nothing after it is looked at: help and version. */
  readonly isLast?: true;
  /** Unknown to supervisord: gives way where an abbreviation could mean one that supervisord knows. */
  readonly isOwn?: true;
  /** For help. */
  readonly doc: string;
}

/** What a command line says. */
export interface CommandLine<V> {
  readonly values: Partial<V>;
  /** What follows the options. */
  readonly words: readonly string[];
  /** The `isLast` option that was met, by its `to`. */
  readonly last?: string;
}
