/** A body as text, within its size limit. */
import { UnmarshallableError } from './errors.ts';
import { exceeds } from './limits.ts';

/** @throws {UnmarshallableError} if it is too large, or (when `strict`) not UTF-8. */
export function bodyText(body: string | Uint8Array, maxBytes: number, strict: boolean): string {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (exceeds(size, maxBytes)) {
    throw new UnmarshallableError(
      `the document has ${size} bytes; at most ${maxBytes} are accepted`,
    );
  }
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: strict }).decode(body);
  } catch (cause) {
    throw new UnmarshallableError('the document is not UTF-8', { cause });
  }
}
