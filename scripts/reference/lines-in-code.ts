// Finds the lines of the main log in the sources: a level, a comma, and the text of the line.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface LineInCode {
  readonly level: string;
  /** What stands for values is `*`. */
  readonly text: string;
}

const levels = 'critical|error|warn|info|debug|trace|blather';

/** Every line whose level and text stand side by side in the sources below a folder. */
export function linesBelow(folder: string): LineInCode[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('testing/'))
    .flatMap((name) => linesIn(readFileSync(join(folder, name), 'utf8')));
}

export function linesIn(source: string): LineInCode[] {
  const starts = [...source.matchAll(new RegExp(`'(${levels})',\\s*(?=['"\`])`, 'g'))];
  return starts.flatMap((start) => {
    const [whole, level = ''] = start;
    const text = literalAt(source, start.index + whole.length);
    // A list of levels looks the same, but its words stand alone.
    return /[a-z]/i.test(text) && text.includes(' ') ? [{ level, text }] : [];
  });
}

/** The literal that begins there, and those that are added to it. */
function literalAt(source: string, start: number): string {
  const quote = source[start] as string;
  let text = '';
  let at = start + 1;
  while (source[at] !== quote) {
    if (quote === '`' && source.startsWith('${', at)) {
      at = endOfValue(source, at + 2);
      text += '*';
    } else if (source[at] === '\\') {
      text += source[at + 1] === 'n' ? '\n' : source[at + 1];
      at += 2;
    } else {
      text += source[at];
      at += 1;
    }
  }
  const [more] = /^\s*\+\s*(?=['"`])/.exec(source.slice(at + 1)) ?? [];
  return more === undefined ? text : text + literalAt(source, at + 1 + more.length);
}

/** Just behind the `}` of a `${`. */
function endOfValue(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}') depth -= 1;
    at += 1;
  }
  return at;
}
