/**
 * A way to write to something that is not a file without ever waiting for its reader.
 * One piece at a time is delivered, and nothing else is written meanwhile.
 */
export interface Outlet {
  /**
   * Writes what there is room for now.
   *
   * @returns how many bytes that were
   * @throws the system's error, never EAGAIN
   */
  tryWrite(data: Buffer): number;
  /** At most this much is given to `deliver`. */
  readonly pieceBytes: number;
  /** Writes the whole piece when there is room, and tells. The piece must not change until then. */
  deliver(piece: Buffer, done: (error: unknown) => void): void;
  /** Takes the piece back: returns how much of it is written; undefined if that cannot be told. */
  cancel(): number | undefined;
  close(): void;
}
