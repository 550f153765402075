/** What XML-RPC can carry, as JavaScript values. Integers beyond 2^53 are bigints. */
export type RpcValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Double
  | DateTime
  | readonly RpcValue[]
  | RpcStruct;

export type RpcStruct = { readonly [name: string]: RpcValue };

/**
 * A `<double>`. JavaScript cannot tell 1.0 from 1, but the wire can, and fault texts show it
 * (`BAD_NAME: 1.0`).
 */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A `<dateTime.iso8601>`: a wall clock reading without a time zone. */
export class DateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;

  /** Takes the six fields as a calendar has them: months from 1. */
  constructor(fields: readonly [number, number, number, number, number, number]) {
    [this.year, this.month, this.day, this.hour, this.minute, this.second] = fields;
  }
}

export function isList(value: RpcValue): value is readonly RpcValue[] {
  return Array.isArray(value);
}

/** Whether the value is a struct: an object that is none of the other kinds. */
export function isStruct(value: RpcValue): value is RpcStruct {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Double) &&
    !(value instanceof DateTime)
  );
}
