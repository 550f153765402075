// What glibc keeps of memory that was freed; the C library of musl keeps next to none by itself.
import { malloc_trim, mallopt } from './libc.ts';

const M_TRIM_THRESHOLD = -1;
const M_MMAP_THRESHOLD = -3;
const LARGE_BYTES = 256 * 1024;

/**
 * What is large is given back when it is freed: left to itself, glibc keeps ever more of it, up to
 * 64 MiB, once large blocks have come and gone. See mallopt(3).
 */
export function keepLittleFreeMemory(): void {
  mallopt?.(M_MMAP_THRESHOLD, LARGE_BYTES);
  mallopt?.(M_TRIM_THRESHOLD, LARGE_BYTES);
}

/** Gives back all whole pages that are free now: malloc_trim(3). Some milliseconds. */
export function giveBackFreeMemory(): void {
  malloc_trim?.(0);
}
