// What a client can say with a request, and what the handler gets of it.
import type { Schema } from './schema.ts';

/** `T` is what handlers get; `carries` exists for the compiler only. */
export interface Field<T = unknown> {
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly carries?: T;
}

export type Fields = Readonly<Record<string, Field>>;

/** What fields give, by their names. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

const required = <T>(schema: Schema): Field<T> => ({ schema, isRequired: true });
const optional = <T>(schema: Schema): Field<T> => ({ schema, isRequired: false });

export const flag = (description: string, preset: boolean): Field<boolean> =>
  optional({ type: 'boolean', description, default: preset });

export const choice = <const V extends string>(
  description: string,
  values: readonly V[],
): Field<V | undefined> => optional({ type: 'string', description, enum: values });

export const choiceOf = <const V extends string>(
  description: string,
  values: readonly V[],
  preset: V,
): Field<V> => optional({ type: 'string', description, enum: values, default: preset });

export const text = (description: string): Field<string> =>
  required({ type: 'string', description });

export const optionalText = (description: string): Field<string | undefined> =>
  optional({ type: 'string', description });

export const integerWithin = (
  description: string,
  minimum: number,
  maximum: number,
): Field<number | undefined> => optional({ type: 'integer', description, minimum, maximum });

export const names = (description: string): Field<readonly string[] | undefined> =>
  optional({ type: 'array', description, items: { type: 'string' }, maxItems: 10_000 });

/** HUP, SIGHUP or 1. */
export const signalField: Field<string | number> = required({
  type: ['string', 'integer'],
  description: 'The signal by name or number: HUP, SIGHUP or 1. 0 only asks whether it is there.',
});
