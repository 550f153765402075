/**
 * What becomes of output that is read as a whole: the tokens and lines of it by plain searches (process.md §12, §13).
 * Bytes are latin1.
 */
import { BEGIN_TOKEN, END_TOKEN } from '../../src/logs/output/capture.ts';

const BEGIN = BEGIN_TOKEN.toString();
const END = END_TOKEN.toString();

export interface Taken {
  /** What is no part of any capture. */
  readonly output: string;
  /** What each END ends. */
  readonly captured: readonly string[];
  /** What no END has ended. */
  readonly unfinished: string;
  /** All of it but the tokens. */
  readonly told: string;
}

export function takeCaptures(text: string): Taken {
  const [output = '', afterBegin] = cutAtFirst(text, BEGIN);
  if (afterBegin === undefined) return { output, captured: [], unfinished: '', told: output };
  const [inside = '', afterEnd] = cutAtFirst(afterBegin, END);
  const told = output + inside;
  if (afterEnd === undefined) return { output, captured: [], unfinished: inside, told };
  const rest = takeCaptures(afterEnd);
  return {
    output: output + rest.output,
    captured: [inside, ...rest.captured],
    unfinished: rest.unfinished,
    told: told + rest.told,
  };
}

const cutAtFirst = (text: string, token: string): string[] => {
  const at = text.indexOf(token);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + token.length)];
};

/** The records of one capture as a buffer of that size keeps them. */
export const keptOf = (records: readonly string[], maxBytes: number): string =>
  records.reduce(
    (kept, record) =>
      (kept.length + record.length > maxBytes ? kept.slice(record.length) : kept) + record,
    '',
  );

export const withoutAnsi = (record: string): string =>
  // oxlint-disable-next-line no-control-regex
  record.replaceAll(/\x1b\[[^HfABCDRsuJKhlpm]*[HfABCDRsuJKhlpm]?/g, '');

export function linesOf(text: string, longest: number): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line) => {
    const cut: string[] = [];
    let rest = line;
    for (; rest.length > longest; rest = rest.slice(longest)) cut.push(rest.slice(0, longest));
    return [...cut, rest];
  });
}
