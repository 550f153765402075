// In the order of PEP 538; "UTF-8" is macOS' and FreeBSD's name, and that of some images.
const utf8Locales = ['C.UTF-8', 'C.utf8', 'UTF-8'];

/**
 * What the programs' LC_CTYPE has to be. Python turns a locale of C, which is what an image has
 * that sets none, into one of UTF-8 before supervisord starts, and its programs inherit that:
 * without it Java, Ruby and Perl of the same image would take their own files for ASCII.
 *
 * @param resolve what the C library makes of a locale's name; null: it has none of that name
 * @returns undefined where the environment is to stay as it is
 */
export function utf8Instead(
  environment: NodeJS.ProcessEnv,
  resolve: (name: string) => string | null,
): string | undefined {
  const isChosen = Boolean(environment['LC_ALL']) || environment['PYTHONCOERCECLOCALE'] === '0';
  if (isChosen || (resolve('') ?? 'C') !== 'C') return undefined;
  return utf8Locales.find((name) => resolve(name) !== null);
}
