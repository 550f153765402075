import { BadValue, UsageError } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import type { World } from '../world.ts';
import { getopt, type Met } from './getopt.ts';
import type { CommandLine, CommandLineOption } from './option.ts';

/** Reads a command line; `takesWords` tells whether words may follow the options. */
export function readCommandLine<V>(
  args: readonly string[],
  options: readonly CommandLineOption[],
  takesWords: boolean,
  world: World,
): CommandLine<V> {
  const { met, words } = getopt(args, options);
  if (words.length > 0 && !takesWords) {
    throw new UsageError(`positional arguments are not supported: ${pythonRepr(words)}`);
  }
  const values = new Map<string, unknown>();
  for (const one of met) {
    const { option, spelling } = one;
    if (option.isLast) return result(values, words, option.to);
    const value = valueOf(one, world);
    if (values.has(option.to)) {
      throw new UsageError(`conflicting command line option ${pythonRepr(spelling)}`);
    }
    values.set(option.to, value);
  }
  return result(values, words);
}

function result<V>(
  values: ReadonlyMap<string, unknown>,
  words: readonly string[],
  last?: string,
): CommandLine<V> {
  const answer = { values: Object.fromEntries(values) as Partial<V>, words };
  return last === undefined ? answer : { ...answer, last };
}

function valueOf({ option, spelling, argument }: Met, world: World): unknown {
  if (option.argument === undefined) return true;
  if (!option.type) return argument;
  try {
    return option.type.read(argument, world);
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new UsageError(`invalid value for ${spelling} ${pythonRepr(argument)}: ${error.message}`);
  }
}
