import { UnmarshallableError } from './errors.ts';

/**
 * Base64 as Python reads it: characters outside the alphabet are skipped, padding that is not due
 * yet too, and what follows due padding is ignored.
 */
function decodeBase64(text: string): Uint8Array {
  const symbols = text.replaceAll(/[^A-Za-z0-9+/=]/g, '');
  const data = dataSymbols(symbols);
  if (data === undefined) throw new UnmarshallableError('base64 that ends in the middle');
  return Buffer.from(data, 'base64');
}

/** The symbols up to the first due padding; undefined if padding is missing at the end. */
function dataSymbols(symbols: string): string | undefined {
  let data = '';
  for (const [, part = '', padding = ''] of symbols.matchAll(/([^=]+)(=*)/g)) {
    data += part;
    const due = (4 - (data.length % 4)) % 4;
    if ((due === 1 || due === 2) && padding.length >= due) return data;
  }
  return data.length % 4 === 0 ? data : undefined;
}

/** @throws {UnmarshallableError} if the bytes are no text. */
export function decodeBase64Text(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodeBase64(text));
  } catch (cause) {
    if (cause instanceof UnmarshallableError) throw cause;
    throw new UnmarshallableError('base64 that does not hold UTF-8 text', { cause });
  }
}
