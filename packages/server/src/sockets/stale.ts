import { connect } from 'node:net';

/** A daemon that does not answer within this time is stuck, not gone. */
const PATIENCE_MS = 5000;

// Nobody listens there: a dead socket, no socket at all, or one of another kind.
const nobody: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'EPROTOTYPE']);

/**
 * Whether somebody answers on a socket file.
 *
 * @throws the system's error if that cannot be told, such as EACCES
 */
export function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const settle = (answered: boolean): void => {
      resolve(answered);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () => settle(true));
    socket.once('connect', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    socket.once('data', () => settle(true));
    socket.once('end', () => settle(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (nobody.has(error.code ?? '')) settle(false);
      // The queue of those who wait is full, or it hung up on us: somebody is there.
      else if (error.code === 'EAGAIN' || error.code === 'ECONNRESET') settle(true);
      else reject(error);
    });
  });
}
