import { isSpace } from '../python/text.ts';

/**
 * Where the inline comment of a line begins, or -1.
 *
 * `;` or `#` begins one at the start of the line or after a blank. Python up to 3.12 looks in rounds: round k
 * takes the k-th `;` and the k-th `#`, and the first round that has one decides. It shows only in lines with both.
 */
export function commentStart(line: string): number {
  let semicolon = line.indexOf(';');
  let hash = line.indexOf('#');
  while (semicolon >= 0 || hash >= 0) {
    const starts = [semicolon, hash].filter((index) => beginsComment(line, index));
    if (starts.length > 0) return Math.min(...starts);
    semicolon = next(line, ';', semicolon);
    hash = next(line, '#', hash);
  }
  return -1;
}

function beginsComment(line: string, index: number): boolean {
  return index === 0 || (index > 0 && isSpace(line[index - 1]!));
}

function next(line: string, mark: string, index: number): number {
  return index < 0 ? -1 : line.indexOf(mark, index + 1);
}
