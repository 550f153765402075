import { setlocale } from './libc.ts';

const LC_CTYPE = 0;

/**
 * What the C library makes of a locale's name for the encoding of text: `C` of `POSIX`, the name
 * itself, or null where it has no such locale. The empty name is whatever the environment says.
 */
export function resolveLocale(name: string): string | null {
  const current = setlocale(LC_CTYPE, null);
  const resolved = setlocale(LC_CTYPE, name);
  setlocale(LC_CTYPE, current);
  return resolved;
}
