/** What stands between `%` and the end of the conversion. */
export interface Conversion {
  readonly flags: Flags;
  /** -1: not given. */
  readonly width: number;
  /** -1: not given. */
  readonly precision: number;
  readonly type: string;
}

export interface Flags {
  readonly left: boolean;
  readonly plus: boolean;
  readonly blank: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
}
