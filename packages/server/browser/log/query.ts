export interface Match {
  readonly from: number;
  readonly to: number;
}

/** What is looked for in each line. */
export interface Query {
  readonly pattern: RegExp;
}

/** More matches than this in one line are not told apart. */
const MOST_MATCHES = 200;

/**
 * Reads what stands in the search field: text, or `/regular expression/flags`. Text with a capital
 * letter is looked for as it is written, other text in any case.
 *
 * @returns null if there is nothing to look for
 * @throws {SyntaxError} it is no regular expression
 */
export function parseQuery(input: string): Query | null {
  if (input === '') return null;
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/.exec(input) ?? [];
  if (source === undefined || flags === undefined) {
    const isExact = input !== input.toLowerCase();
    return { pattern: new RegExp(escaped(input), isExact ? 'gu' : 'giu') };
  }
  return { pattern: new RegExp(source, `g${flags}`) };
}

/** The matches in a line, without the empty ones. */
export function matchesIn({ pattern }: Query, text: string): readonly Match[] {
  const matches: Match[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [{ length }] = found;
    if (length > 0) matches.push({ from: found.index, to: found.index + length });
    else pattern.lastIndex++;
    if (matches.length === MOST_MATCHES) break;
  }
  return matches;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
