/** File name patterns as Python's glob has them: `*`, `?`, `[abc]`, `[!a-z]`; no `**`, no `~`, no braces. */
import { join, split } from './python/paths.ts';

export interface Folders {
  /** Something is there, be it a link to nowhere. */
  isThere(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a folder; empty if it cannot be read. */
  list(path: string): readonly string[];
}

/** The paths that match, in no particular order. */
export function glob(pattern: string, folders: Folders): string[] {
  const [folder, name] = split(pattern);
  if (!hasMagic(pattern)) {
    const isThere = name === '' ? folders.isDirectory(folder) : folders.isThere(pattern);
    return isThere ? [pattern] : [];
  }
  const parents =
    folder !== pattern && hasMagic(folder)
      ? glob(folder, folders).filter((path) => folders.isDirectory(path))
      : [folder];
  return parents.flatMap((parent) =>
    namesIn(parent, name, folders).map((one) => join(parent, one)),
  );
}

function namesIn(folder: string, name: string, folders: Folders): string[] {
  if (name === '') return folders.isDirectory(folder) ? [''] : [];
  if (!hasMagic(name)) return folders.isThere(join(folder, name)) ? [name] : [];
  const matches = nameMatcher(name);
  const showsHidden = name.startsWith('.');
  return folders
    .list(folder || '.')
    .filter((one) => (showsHidden || !one.startsWith('.')) && matches(one));
}

/** Whether a name is a pattern. */
export function hasMagic(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

type Piece = 'star' | ((character: string) => boolean);

/** Tells whether a whole name matches; time is at most pattern length × name length. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const pieces = piecesOf(Array.from(pattern));
  return (name) => matchesPieces(pieces, Array.from(name));
}

function matchesPieces(pieces: readonly Piece[], name: readonly string[]): boolean {
  let piece = 0;
  let retryPiece = -1;
  let retryAt = 0;
  for (let at = 0; at < name.length;) {
    const test = pieces[piece];
    if (test === 'star') {
      retryPiece = ++piece;
      retryAt = at;
    } else if (test?.(name[at]!)) {
      piece++;
      at++;
    } else if (retryPiece >= 0) {
      // The last star takes one character more.
      piece = retryPiece;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  return pieces.slice(piece).every((rest) => rest === 'star');
}

function piecesOf(pattern: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const close = character === '[' ? closingBracket(pattern, at) : -1;
    if (close > 0) {
      pieces.push(characterClass(pattern.slice(at + 1, close)));
      at = close;
    } else if (character === '*') {
      pieces.push('star');
    } else {
      pieces.push(character === '?' ? () => true : (one) => one === character);
    }
  }
  return pieces;
}

/** Of the bracket at `open`, or -1: then it stands for itself. A `]` that comes first is a member. */
function closingBracket(pattern: readonly string[], open: number): number {
  let from = open + 1;
  if (pattern[from] === '!') from++;
  if (pattern[from] === ']') from++;
  return pattern.indexOf(']', from);
}

function characterClass(members: readonly string[]): (character: string) => boolean {
  const isNegated = members[0] === '!';
  const ranges: [number, number][] = [];
  for (let at = isNegated ? 1 : 0; at < members.length; at++) {
    const low = members[at]!.codePointAt(0)!;
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    ranges.push([low, isRange ? members[at + 2]!.codePointAt(0)! : low]);
    if (isRange) at += 2;
  }
  return (character) => {
    const code = character.codePointAt(0)!;
    return ranges.some(([low, high]) => code >= low && code <= high) !== isNegated;
  };
}
