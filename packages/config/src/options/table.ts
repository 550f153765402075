import type { ValueType } from '../values/type.ts';
import type { World } from '../world.ts';

/**
 * Everything about the options of one kind of section, in the order in which they are read; the first that is wrong
 * is the one reported. A row drives reading, default, expansion, `--print-config`, what a reread compares, and the
 * reference page.
 */
export type OptionTable<C> = Readonly<Record<string, OptionRow<C>>>;

type OptionRow<C> =
  | { [P in PathIn<C>]: Row<ValueAt<C, P>> & { readonly to: P } }[PathIn<C>]
  | (Row & { readonly to?: undefined });

/** `default: null`: not set unless the file sets it. */
export interface Row<V = unknown> {
  /** Where the value goes in the config: `startSeconds`, `stdout.maxBytes`. Left out: it only shapes the section. */
  readonly to?: string | undefined;
  readonly type: ValueType<V>;
  /** As the file would say it, or another option whose value it takes. */
  readonly default: string | null | { readonly valueOf: string };
  /** A sentence for the reference page. */
  readonly doc: string;
  /** What the reference page says of the default when the row cannot. */
  readonly defaultDoc?: string;
  /** tsvisor's, unknown to supervisord: printed under `extensions`. */
  readonly isOwn?: true;
  /** Where its own section does not set it, `[supervisord]` may, for all. */
  readonly isInherited?: true;
  /** `%` is filled in later, or twice, as supervisord does. */
  readonly expansion?: 'later' | 'twice';
  /** What messages about `%` call it; left out: `SECTION.OPTION`. */
  readonly calledInMessages?: string;
  /** Turned into its value after the rest of the file has been read. */
  readonly isResolvedLast?: true;
  /** What is wrong with the value in this place, as a whole message. */
  check?(value: V | null, place: CheckedPlace): string | undefined;
}

export interface CheckedPlace {
  readonly section: string;
  /** By option, those read before. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly world: World;
}

type PathIn<C> = {
  [K in keyof C & string]:
    | K
    | (NonNullable<C[K]> extends Nested ? `${K}.${keyof C[K] & string}` : never);
}[keyof C & string];

type Nested = { readonly maxBytes: number };

type ValueAt<C, P extends string> = P extends keyof C
  ? C[P]
  : P extends `${infer A}.${infer B}`
    ? A extends keyof C
      ? B extends keyof C[A]
        ? C[A][B]
        : never
      : never
    : never;

/** What reading a table gives, by option. */
export type ValuesOf<T> = { -readonly [K in keyof T]: ValueOf<T[K]> };

type ValueOf<R> = R extends { readonly type: ValueType<infer V> }
  ? R extends { readonly default: null }
    ? V | null
    : V
  : never;

const entriesOf = new WeakMap<object, [string, Row][]>();

/** By option, in order. */
export function rowsOf(table: Readonly<Record<string, unknown>>): readonly [string, Row][] {
  let rows = entriesOf.get(table);
  if (!rows) entriesOf.set(table, (rows = Object.entries(table) as [string, Row][]));
  return rows;
}

/** Puts each value where its row says. The tables' types have checked that it fits there. */
export function place(table: object, values: Readonly<Record<string, unknown>>): object {
  const target: Record<string, unknown> = {};
  for (const [key, row] of rowsOf(table as Record<string, unknown>)) {
    if (row.to === undefined) continue;
    const [first, second] = row.to.split('.') as [string, string?];
    if (second === undefined) target[first] = values[key];
    else ((target[first] ??= {}) as Record<string, unknown>)[second] = values[key];
  }
  return target;
}

/** The value that a row has in a config. */
export function valueIn(config: object, row: Row): unknown {
  return row
    .to!.split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);
}
