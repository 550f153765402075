import { constants } from 'node:os';

/** A server's socket cannot be had; the message is what the daemon says before it ends with 2. */
export class SocketError extends Error {
  override readonly name = 'SocketError';
  readonly code = 'SOCKET';
  /** Where somebody else listens: the message that says so is a fixed one, and does not tell. */
  readonly place: string | null;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly place?: string } = {},
  ) {
    super(message, options);
    this.place = options.place ?? null;
  }
}

const inUse =
  'Another program is already listening on a port that one of our HTTP servers is configured to use.  Shut this program down first before starting supervisord.';

export const alreadyListening = (place: string): SocketError => new SocketError(inUse, { place });

// What the resolver of the C library says, for names that Node could not resolve.
const resolverCodes: Readonly<Record<string, number>> = { ENOTFOUND: -2, EAI_AGAIN: -3 };

/**
 * Words a failed system call as operators know it (daemon.md §5), and adds for what it was made.
 *
 * @param place the file of a unix socket, or host:port
 */
export function socketError(cause: unknown, place: string): SocketError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return alreadyListening(place);
  const errno = (constants.errno as Readonly<Record<string, number>>)[code];
  const reported =
    errno === undefined
      ? (resolverCodes[code] ?? (cause instanceof Error ? cause.message : String(cause)))
      : `errno.${code} (${errno})`;
  return new SocketError(
    `Cannot open an HTTP server: socket.error reported ${reported} for ${place}`,
    { cause },
  );
}
