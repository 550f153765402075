/** Where in a file something stands; only what is known. */
export interface Place {
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  readonly section?: string | undefined;
  readonly option?: string | undefined;
}

/** A configuration that cannot be used. The message is supervisord's own where it has one. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG';
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly section: string | undefined;
  readonly option: string | undefined;

  constructor(message: string, place: Place = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.file = place.file;
    this.line = place.line;
    this.section = place.section;
    this.option = place.option;
  }
}

/** A command line that cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** A text that is no value of its type; whoever knows the option makes a ConfigError of it. */
export class BadValue extends Error {
  override readonly name = 'BadValue';
  readonly code = 'BAD_VALUE';
}
