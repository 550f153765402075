// The part of JSON Schema (2020-12) that this interface is described in, and checked by.

export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  readonly description?: string;
  readonly enum?: readonly (string | number | null)[];
  readonly format?: 'date-time' | 'uri-reference';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
}

export type TypeName = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** An object all of whose members are always there. */
export const object = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
): Schema => ({
  type: 'object',
  description,
  properties,
  required: Object.keys(properties),
});

export const list = (description: string, items: Schema): Schema => ({
  type: 'array',
  description,
  items,
});

export const string = (description: string): Schema => ({ type: 'string', description });
export const integer = (description: string): Schema => ({ type: 'integer', description });
export const number = (description: string): Schema => ({ type: 'number', description });
export const boolean = (description: string): Schema => ({ type: 'boolean', description });

export const oneOf = (description: string, values: readonly string[]): Schema => ({
  type: 'string',
  description,
  enum: values,
});

export const time = (description: string): Schema => ({
  type: 'string',
  format: 'date-time',
  description,
});

/** The same, or null. */
export function nullable(schema: Schema): Schema {
  if (schema.type === undefined) return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type as TypeName, 'null'] };
}

/** What is wrong with a value, as the end of a sentence; undefined: nothing. */
export function mistakeIn(value: unknown, schema: Schema): string | undefined {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (!types.some((type) => isOf(type, value))) {
    return `must be ${types.map((type) => named[type]).join(' or ')}, not ${shown(value)}`;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
    return `must be one of ${schema.enum.join(', ')}, not ${shown(value)}`;
  }
  if (typeof value === 'number') return mistakeInNumber(value, schema);
  if (typeof value === 'string') return mistakeInText(value, schema);
  if (Array.isArray(value)) return mistakeInList(value, schema);
  return undefined;
}

function mistakeInNumber(value: number, { minimum, maximum }: Schema): string | undefined {
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}, not ${value}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}, not ${value}`;
  return undefined;
}

function mistakeInText(value: string, { minLength, maxLength }: Schema): string | undefined {
  if (minLength !== undefined && value.length < minLength) return 'must not be empty';
  if (maxLength !== undefined && value.length > maxLength) {
    return `must have at most ${maxLength} characters, not ${value.length}`;
  }
  return undefined;
}

function mistakeInList(value: unknown[], { items, maxItems }: Schema): string | undefined {
  if (maxItems !== undefined && value.length > maxItems)
    return `must have at most ${maxItems} items`;
  if (items === undefined) return undefined;
  for (const [at, item] of value.entries()) {
    const mistake = mistakeIn(item, items);
    if (mistake !== undefined) return `has an item ${at} that ${mistake}`;
  }
  return undefined;
}

function isOf(type: TypeName, value: unknown): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}

const named: Readonly<Record<TypeName, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const MOST_SHOWN = 40;

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
