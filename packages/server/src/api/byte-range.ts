// `Range: bytes=…` (RFC 9110 §14): one range; what is none, or several, is as if it were not there.

/** Bytes of something that has `size` of them. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** Undefined: the whole is wanted; `unsatisfiable`: there is nothing where it points to. */
export function byteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const wanted = Math.min(Number(last), size);
    return wanted === 0 ? 'unsatisfiable' : { start: size - wanted, length: wanted };
  }
  const start = Number(first);
  const end = last === '' ? Infinity : Number(last);
  if (end < start) return undefined;
  if (start >= size) return 'unsatisfiable';
  return { start, length: Math.min(end + 1, size) - start };
}
