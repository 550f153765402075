import { randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * What a form of our pages carries and no other page knows: a browser that sends it has read one
 * of ours. It lives as long as the server.
 */
export class FormToken {
  readonly text = randomBytes(24).toString('base64url');
  readonly #bytes = Buffer.from(this.text);

  /** Takes the same time wherever the texts differ. */
  isRight(given: string | undefined): boolean {
    const bytes = Buffer.from(given ?? '');
    return bytes.length === this.#bytes.length && timingSafeEqual(bytes, this.#bytes);
  }
}
