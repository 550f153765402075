import {
  parseCommandLine,
  pythonRepr,
  UsageError,
  type Accounts,
  type ControlOverrides,
} from '@tsvisor/config';

import { options, type ControlOptions } from './command-line-options.ts';

/** What the command line asks for. */
export interface CommandLine {
  readonly wantsHelp: boolean;
  /** undefined: the usual places are searched. */
  readonly configPath: string | undefined;
  readonly overrides: ControlOverrides;
  readonly isInteractive: boolean;
  /** The action and its arguments; empty: the shell. */
  readonly words: readonly string[];
  readonly fleet: FleetOptions | undefined;
}

/** How to run the action on the daemons of an inventory. */
export interface FleetOptions {
  readonly inventory: string;
  readonly names: readonly string[];
  /** null: all at once. */
  readonly parallel: number | null;
  readonly stopsOnError: boolean;
}

/** Throws UsageError. */
export function readCommandLine(
  argv: readonly string[],
  source: {
    readonly programName: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly accounts: Accounts;
  },
): CommandLine {
  const line = parseCommandLine<ControlOptions>(argv, options, {
    ...source,
    takesWords: true,
  });
  const { values, words } = line;
  const { path, serverUrl, username, password } = values;
  return {
    wantsHelp: line.last === 'help',
    configPath: path,
    overrides: {
      ...(serverUrl === undefined ? {} : { serverUrl }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
    isInteractive: values.interactive === true || words.length === 0,
    words,
    fleet: line.last === undefined ? readFleet(values, words) : undefined,
  };
}

function readFleet(
  values: Partial<ControlOptions>,
  words: readonly string[],
): FleetOptions | undefined {
  const { hosts: inventory, on = 'all', parallel, stopOnError } = values;
  if (inventory === undefined) {
    const lonely = options.find((each) => each.isOwn && each.to in values);
    if (lonely !== undefined) throw new UsageError(`option --${lonely.long} needs --hosts FILE`);
    return undefined;
  }
  if (words.length === 0) throw new UsageError('option --hosts needs an action to run');
  const names = on.split(',').map((name) => name.trim());
  return {
    inventory,
    names: names.filter((name) => name !== ''),
    parallel: readParallel(parallel),
    stopsOnError: stopOnError === true,
  };
}

function readParallel(value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new UsageError(
    `invalid value for --parallel ${pythonRepr(value)}: it must be a number from 1 on`,
  );
}
