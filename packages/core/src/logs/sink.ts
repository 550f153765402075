/**
 * Where the bytes of a log end: a file, a stream, memory, syslog.
 *
 * A sink never blocks for long, never throws from `write`, and loses nothing silently: what it
 * cannot write yet it keeps, in order and bounded.
 */
export interface LogSink {
  /**
   * Takes one record. `data` is only valid during the call.
   *
   * @returns false if it is backed up: the record was taken, and the next one should wait for `onDrain`
   */
  write(data: Buffer): boolean;
  /** Opens what the name stands for now. On failure it goes on with what it has, and tries again. */
  reopen(): void;
  /**
   * Removes what was written so far and begins anew; does nothing where that is impossible.
   *
   * @throws the system's error if the file cannot be removed; the sink goes on as before
   */
  clear(): void;
  /** Writes what is kept, synchronously, as far as that is possible within a moment. */
  flush(): void;
  /** What is kept is still written as soon as that is possible. */
  close(): void;
  /** Takes back a `close` that is not carried out yet; false if it is too late. */
  revive(): boolean;
  readonly backedUp: boolean;
  /** Bytes that were taken and are not written yet. */
  readonly pending: number;
  /** Called when it is no longer backed up. */
  onDrain: (() => void) | undefined;
}

/** Told about what goes wrong with a log, once until it goes right again. */
export type Report = (problem: string) => void;
