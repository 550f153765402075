import { errorCode } from '../../errors.ts';

/**
 * Writes, without waiting, until there is no room.
 *
 * @returns how many bytes that were
 * @throws the system's error, but for EAGAIN
 */
export function writeUntilFull(write: (data: Buffer) => number, data: Buffer): number {
  let done = 0;
  try {
    while (done < data.length) {
      const written = write(done === 0 ? data : data.subarray(done));
      if (written === 0) break;
      done += written;
    }
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') throw error;
  }
  return done;
}
