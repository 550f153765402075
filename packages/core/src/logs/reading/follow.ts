/** What streams a log to a reader that may be slow. */
export interface Follower {
  /** There may be something new. */
  changed(): void;
  /** The reader has room again. */
  resume(): void;
  close(): void;
}

/** `offset`: where the chunk begins, in the file that it came from. */
export interface Place {
  readonly offset: number;
}

/** May keep the chunk; returns false if it wants no more until the follower is resumed. */
export type Deliver = (chunk: Buffer, at: Place) => boolean;

/** The file was emptied, or another has its name. */
export type Truncation = 'emptied' | 'replaced';

/** Where a follower of a log begins, and what becomes of one that is slow. */
export interface FollowOptions {
  /** So much of what was there before is sent; 1024 if left out. */
  readonly backlogBytes?: number | undefined;
  /** Begins at this byte instead. What is shorter now counts as truncated. */
  readonly offset?: number | undefined;
  /**
   * When more than this has been added that it could not read yet, it skips to the last 64 KiB, if it
   * can to the start of a line. Left out: it never skips.
   */
  readonly mostBehindBytes?: number | undefined;
  /** So many bytes have been left out here. */
  readonly missed?: ((bytes: number) => void) | undefined;
  /** What comes next is of a file that begins anew. Left out: a truncated one is told as a chunk. */
  readonly truncated?: ((how: Truncation) => void) | undefined;
}

const BACKLOG_BYTES = 1024;

/** Where a follower begins in what is there. */
export function startOf(size: number, { offset, backlogBytes }: FollowOptions): number {
  return offset ?? Math.max(0, size - (backlogBytes ?? BACKLOG_BYTES));
}
