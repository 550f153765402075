/** Which bytes of a log a client gets (rpc.md §14). All numbers are bytes. */
export interface Window {
  readonly start: number;
  readonly length: number;
}

/** For the read methods; undefined: such arguments make no sense. */
export function readWindow(size: number, offset: number, length: number): Window | undefined {
  if (offset < 0) {
    if (length !== 0) return undefined;
    const start = Math.max(0, size + offset);
    return { start, length: size - start };
  }
  if (length < 0) return undefined;
  const there = Math.max(0, size - offset);
  return { start: offset, length: length === 0 ? there : Math.min(length, there) };
}

/** For the tail methods: the last `length` bytes, whether the window is too early or too late. */
export function tailWindow(
  size: number,
  offset: number,
  length: number,
): Window & { readonly overflow: boolean } {
  const overflow = size > offset + length;
  const pastEnd = overflow ? size - 1 : offset;
  const wanted = pastEnd + length > size && pastEnd > size - 1 ? 0 : length;
  const start = Math.max(0, pastEnd + length > size ? size - wanted : pastEnd);
  return { start, length: Math.min(Math.max(0, wanted), Math.max(0, size - start)), overflow };
}
