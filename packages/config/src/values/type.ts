import type { World } from '../world.ts';

/** What the texts of an option mean. */
export interface ValueType<V> {
  /** As the reference page calls it. */
  readonly name: string;
  /** Throws BadValue. */
  read(text: string, world: World): V;
  /** As `--print-config` shows it; left out: as it is. */
  show?(value: V, world: { readonly cwd: string }): unknown;
  /** Whether a reread finds the new value unchanged; left out: equal content. */
  same?(active: V, next: V): boolean;
}
