/** Classic getopt(3) with long options, in the words of Python's getopt. */
import { UsageError } from '../errors.ts';
import type { CommandLineOption } from './option.ts';

/** An option as it was met. */
export interface Met {
  readonly option: CommandLineOption;
  /** `-n`, or `--nodaemon` even where it was abbreviated. */
  readonly spelling: string;
  readonly argument: string;
}

/** Options end at `--`, at a lone `-`, and at the first word that is none. */
export function getopt(
  args: readonly string[],
  options: readonly CommandLineOption[],
): { met: Met[]; words: string[] } {
  const rest = [...args];
  const met: Met[] = [];
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const arg = rest.shift()!;
    if (arg === '--') break;
    if (arg.startsWith('--')) met.push(readLong(arg.slice(2), rest, options));
    else met.push(...readCluster(arg.slice(1), rest, options));
  }
  return { met, words: rest };
}

function readLong(text: string, rest: string[], options: readonly CommandLineOption[]): Met {
  const equals = text.indexOf('=');
  const given = equals < 0 ? text : text.slice(0, equals);
  const option = findLong(given, options);
  const spelling = `--${option.long}`;
  const attached = equals < 0 ? undefined : text.slice(equals + 1);
  if (option.argument === undefined) {
    if (attached !== undefined)
      throw new UsageError(`option ${spelling} must not have an argument`);
    return { option, spelling, argument: '' };
  }
  return { option, spelling, argument: attached ?? nextArgument(spelling, rest) };
}

/** By name, or by any beginning that no other option has. */
function findLong(given: string, options: readonly CommandLineOption[]): CommandLineOption {
  const exact = options.find((option) => option.long === given);
  if (exact) return exact;
  const all = options.filter((option) => option.long?.startsWith(given));
  const known = all.filter((option) => !option.isOwn);
  const [found, other] = known.length > 0 ? known : all;
  if (!found) throw new UsageError(`option --${given} not recognized`);
  if (other) throw new UsageError(`option --${given} not a unique prefix`);
  return found;
}

/** `-nc FILE`, `-cFILE`. */
function readCluster(text: string, rest: string[], options: readonly CommandLineOption[]): Met[] {
  const met: Met[] = [];
  const letters = Array.from(text);
  while (letters.length > 0) {
    const letter = letters.shift()!;
    const spelling = `-${letter}`;
    const option = options.find(({ short }) => short?.includes(letter));
    if (!option) throw new UsageError(`option ${spelling} not recognized`);
    let argument = '';
    if (option.argument !== undefined) {
      argument = letters.length > 0 ? letters.splice(0).join('') : nextArgument(spelling, rest);
    }
    met.push({ option, spelling, argument });
  }
  return met;
}

function nextArgument(spelling: string, rest: string[]): string {
  const argument = rest.shift();
  if (argument === undefined) throw new UsageError(`option ${spelling} requires argument`);
  return argument;
}
