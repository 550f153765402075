/** Texts, numbers and switches. */
import { BadValue } from '../errors.ts';
import { pythonInteger } from '../python/integer.ts';
import { pythonRepr } from '../python/repr.ts';
import { strip } from '../python/text.ts';
import type { LogLevelName } from '../types.ts';
import type { ValueType } from './type.ts';

export const text: ValueType<string> = { name: 'text', read: (given) => given };

function readInteger(given: string): number {
  const value = pythonInteger(given);
  if (value === undefined) {
    throw new BadValue(`invalid literal for int() with base 10: ${pythonRepr(given)}`);
  }
  return value;
}

export const integer: ValueType<number> = { name: 'integer', read: readInteger };

/** An integer with a lower and an upper bound, in the words of supervisord. */
export function readWithin(given: string, low: number, high: number): number {
  const value = readInteger(given);
  if (value < low) throw new BadValue(`${value} is below lower bound (${low})`);
  if (value > high) throw new BadValue(`${value} is above upper bound (${high})`);
  return value;
}

const YES = ['yes', 'true', 'on', '1'];
const NO = ['no', 'false', 'off', '0'];

function readSwitch(given: string): boolean | undefined {
  const lower = given.toLowerCase();
  return YES.includes(lower) ? true : NO.includes(lower) ? false : undefined;
}

export const boolean: ValueType<boolean> = {
  name: 'boolean',
  read(given) {
    const value = readSwitch(given);
    if (value === undefined) throw new BadValue(`not a valid boolean value: ${pythonRepr(given)}`);
    return value;
  },
};

export const autorestart: ValueType<boolean | 'unexpected'> = {
  name: 'boolean or unexpected',
  read(given) {
    const lower = given.toLowerCase();
    const value = lower === 'unexpected' ? lower : readSwitch(lower);
    if (value === undefined) throw new BadValue(`invalid 'autorestart' value ${pythonRepr(lower)}`);
    return value;
  },
};

/** A boolean, or left to what we find out. */
export const switchOrAuto: ValueType<boolean | 'auto'> = {
  name: 'boolean or auto',
  read: (given, world) => (given.toLowerCase() === 'auto' ? 'auto' : boolean.read(given, world)),
};

/** A number that counts something, in a sensible range. */
export function count(high: number): ValueType<number> {
  return { name: `integer, 0 to ${high}`, read: (given) => readWithin(given, 0, high) };
}

const UNITS: readonly (readonly [string, number])[] = [
  ['kb', 1024],
  ['mb', 1024 ** 2],
  ['gb', 1024 ** 3],
];

export const byteSize: ValueType<number> = {
  name: 'bytes, or with KB, MB, GB',
  read(given) {
    const lower = given.toLowerCase();
    const [suffix, factor] = UNITS.find(([unit]) => lower.endsWith(unit)) ?? ['', 1];
    return readInteger(lower.slice(0, lower.length - suffix.length)) * factor;
  },
};

/** File modes and masks. */
export const octal: ValueType<number> = {
  name: 'octal',
  read(given) {
    const value = pythonInteger(given, 8);
    if (value === undefined) throw new BadValue(`${given} can not be converted to an octal type`);
    return value;
  },
  show(value) {
    const digits = Math.abs(value).toString(8);
    return value < 0 ? `-${digits.padStart(2, '0')}` : digits.padStart(3, '0');
  },
};

export const exitCodes: ValueType<readonly number[]> = {
  name: 'list of 0–255',
  read(given) {
    const codes = given === '' ? [] : given.split(',').map((code) => pythonInteger(code));
    if (codes.some((code) => code === undefined || code < 0 || code > 255)) {
      throw new BadValue(`not a valid list of exit codes: ${pythonRepr(given)}`);
    }
    return codes as number[];
  },
};

export function readList(given: string): string[] {
  return given === '' ? [] : given.split(',').map(strip);
}

export const list: ValueType<readonly string[]> = { name: 'list of texts', read: readList };

/** Patterns of file names: a comma between braces is one of the pattern's. */
export const globs: ValueType<readonly string[]> = {
  name: 'list of patterns',
  read: (given) =>
    (given.match(/(?:[^,{]|\{[^}]*\}|\{)+/g) ?? []).map(strip).filter((pattern) => pattern !== ''),
};

const LOG_LEVELS: readonly string[] = [
  'critical',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
  'blather',
] satisfies LogLevelName[];

export const logLevel: ValueType<LogLevelName> = {
  name: 'critical, error, warn, info, debug, trace or blather',
  read(given) {
    const lower = given.toLowerCase();
    if (!LOG_LEVELS.includes(lower))
      throw new BadValue(`bad logging level name ${pythonRepr(given)}`);
    return lower as LogLevelName;
  },
};

/** One of a few words, in any case. */
export function oneOf<const W extends string>(...words: readonly W[]): ValueType<W> {
  return {
    name: words.join(' or '),
    read(given) {
      const word = words.find((one) => one === given.toLowerCase());
      if (word === undefined) {
        throw new BadValue(`not one of ${words.join(', ')}: ${pythonRepr(given)}`);
      }
      return word;
    },
  };
}
