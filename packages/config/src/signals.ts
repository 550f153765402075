import { BadValue } from './errors.ts';
import { pythonInteger } from './python/integer.ts';
import { pythonRepr } from './python/repr.ts';
import { strip } from './python/text.ts';

/** Linux numbers. Of two names for one signal the texts of the log use the last one here. */
const NAMED: readonly (readonly [string, number])[] = [
  ['HUP', 1],
  ['INT', 2],
  ['QUIT', 3],
  ['ILL', 4],
  ['TRAP', 5],
  ['IOT', 6],
  ['ABRT', 6],
  ['BUS', 7],
  ['FPE', 8],
  ['KILL', 9],
  ['USR1', 10],
  ['SEGV', 11],
  ['USR2', 12],
  ['PIPE', 13],
  ['ALRM', 14],
  ['TERM', 15],
  ['STKFLT', 16],
  ['CLD', 17],
  ['CHLD', 17],
  ['CONT', 18],
  ['STOP', 19],
  ['TSTP', 20],
  ['TTIN', 21],
  ['TTOU', 22],
  ['URG', 23],
  ['XCPU', 24],
  ['XFSZ', 25],
  ['VTALRM', 26],
  ['PROF', 27],
  ['WINCH', 28],
  ['IO', 29],
  ['POLL', 29],
  ['PWR', 30],
  ['SYS', 31],
  ['RTMIN', 34],
  ['RTMAX', 64],
];

const numbers = new Map(NAMED);
const names = new Map(NAMED.map(([name, number]) => [number, name]));

/** `SIGTERM`; `signal 40` for one without a name. */
export function signalName(signal: number): string {
  const name = names.get(signal);
  return name === undefined ? `signal ${signal}` : `SIG${name}`;
}

/** `TERM`, as `--print-config` shows it. */
export function shortSignalName(signal: number): string {
  return signal === 29 ? 'IO' : (names.get(signal) ?? String(signal));
}

/** A signal by number or by name, with or without SIG, in any case; undefined if there is none. */
export function parseSignal(given: string | number): number | undefined {
  const number = typeof given === 'number' ? given : (pythonInteger(given) ?? numberOf(given));
  return number !== undefined && isSignal(number) ? number : undefined;
}

/** As `parseSignal`, but throws what supervisord says. */
export function readSignal(given: string): number {
  const number = pythonInteger(given) ?? numberOf(given);
  if (number === undefined) {
    throw new BadValue(`value ${pythonRepr(given)} is not a valid signal name`);
  }
  if (!isSignal(number)) {
    throw new BadValue(`value ${pythonRepr(given)} is not a valid signal number`);
  }
  return number;
}

function numberOf(name: string): number | undefined {
  return numbers.get(strip(name).toUpperCase().replace(/^SIG/, ''));
}

function isSignal(number: number): boolean {
  return number === 0 || names.has(number);
}
