/** Python's `text % mapping`, with all conversions and its messages. */
import type { Conversion, Flags } from './conversion.ts';
import { formatFloat, formatInteger, integerText } from './numbers.ts';
import { pythonAscii, pythonRepr } from './repr.ts';

export type Value = string | number;

/** `%` and a name that the mapping does not have. */
export class UnknownName extends Error {
  readonly key: string;

  constructor(key: string) {
    super(key);
    this.key = key;
  }
}

/** What is wrong with the format, in Python's words. */
export class BadFormat extends Error {}

export function formatWith(format: string, lookup: (key: string) => Value | undefined): string {
  return format.includes('%') ? new Formatter(format, lookup).run() : format;
}

class Formatter {
  readonly #text: readonly string[];
  readonly #lookup: (key: string) => Value | undefined;
  #at = 0;
  /** What the next conversion without a name takes: once the mapping itself, and never twice the same. */
  #argument: Value | typeof MAPPING | undefined = MAPPING;
  #hasShownMapping = false;

  constructor(format: string, lookup: (key: string) => Value | undefined) {
    this.#text = Array.from(format);
    this.#lookup = lookup;
  }

  run(): string {
    let result = '';
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at++]!;
      if (character !== '%') {
        result += character;
      } else if (this.#text[this.#at] === '%') {
        this.#at++;
        result += '%';
      } else {
        result += this.#conversion();
      }
    }
    if (this.#hasShownMapping) throw new BadFormat(NAMELESS);
    return result;
  }

  #conversion(): string {
    if (this.#text[this.#at] === '(') this.#argument = this.#named();
    const flags = this.#flags();
    let width = this.#number('width too big');
    if (width < -1) {
      flags.left = true;
      width = -width;
    }
    let precision = -1;
    if (this.#text[this.#at] === '.') {
      this.#at++;
      precision = Math.max(0, this.#number('precision too big'));
    }
    if (/^[hlL]$/.test(this.#text[this.#at] ?? '')) this.#at++;
    const type = this.#text[this.#at++];
    if (type === undefined) throw new BadFormat('incomplete format');
    return this.#convert(this.#take(), { flags, width, precision, type });
  }

  /** The key may hold balanced parentheses. */
  #named(): Value {
    const start = ++this.#at;
    for (let depth = 1; depth > 0; this.#at++) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new BadFormat('incomplete format key');
      if (character === '(') depth++;
      if (character === ')') depth--;
    }
    const key = this.#text.slice(start, this.#at - 1).join('');
    const value = this.#lookup(key);
    if (value === undefined) throw new UnknownName(key);
    return value;
  }

  #flags(): { -readonly [F in keyof Flags]: boolean } {
    const start = this.#at;
    while (/^[-+ #0]$/.test(this.#text[this.#at] ?? '')) this.#at++;
    const given = this.#text.slice(start, this.#at);
    return {
      left: given.includes('-'),
      plus: given.includes('+'),
      blank: given.includes(' '),
      alternate: given.includes('#'),
      zero: given.includes('0'),
    };
  }

  /** Digits, or `*` which takes the next argument; -1 if neither. */
  #number(tooBig: string): number {
    if (this.#text[this.#at] === '*') {
      this.#at++;
      const value = this.#take();
      if (typeof value !== 'number') throw new BadFormat('* wants int');
      return value;
    }
    const start = this.#at;
    while (/^[0-9]$/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (start === this.#at) return -1;
    const number = Number(this.#text.slice(start, this.#at).join(''));
    if (number > MAX_PADDING) throw new BadFormat(tooBig);
    return number;
  }

  #take(): Value | typeof MAPPING {
    const value = this.#argument;
    if (value === undefined) throw new BadFormat('not enough arguments for format string');
    this.#argument = undefined;
    return value;
  }

  #convert(value: Value | typeof MAPPING, conversion: Conversion): string {
    switch (conversion.type) {
      case 's':
      case 'r':
      case 'a':
        this.#hasShownMapping ||= value === MAPPING;
        return value === MAPPING ? '' : formatText(shown(value, conversion.type), conversion);
      case 'c':
        return formatText(character(value), { ...conversion, precision: -1 });
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        if (typeof value !== 'number') throw notInteger(value, conversion.type);
        return formatInteger(value, conversion);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        if (typeof value !== 'number')
          throw new BadFormat(`must be real number, not ${typeName(value)}`);
        return formatFloat(value, conversion);
      default:
        throw this.#unsupported(conversion.type);
    }
  }

  #unsupported(type: string): BadFormat {
    const code = type.codePointAt(0)!;
    const seen = code >= 31 && code <= 126 ? type : '?';
    return new BadFormat(
      `unsupported format character '${seen}' (0x${code.toString(16)}) at index ${this.#at - 1}`,
    );
  }
}

/** The whole mapping, which a conversion without a name means in Python. */
const MAPPING = Symbol('mapping');

/** Python pads as long as memory lasts. */
const MAX_PADDING = 1_000_000;

/** Python would put the whole mapping here, environment and all, which nobody can want. */
const NAMELESS = 'a conversion without a name; write %% for a percent sign';

function shown(value: Value, type: string): string {
  const text = typeof value === 'number' ? integerText(value) : value;
  if (type === 's' || typeof value === 'number') return text;
  return type === 'r' ? pythonRepr(text) : pythonAscii(text);
}

function character(value: Value | typeof MAPPING): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  if (typeof value !== 'number') throw new BadFormat('%c requires int or char');
  if (value < 0 || value > 0x10ffff) throw new BadFormat('%c arg not in range(0x110000)');
  return String.fromCodePoint(value);
}

function formatText(text: string, { flags, width, precision }: Conversion): string {
  const characters = Array.from(text);
  const kept = precision < 0 ? characters : characters.slice(0, precision);
  const padding = ' '.repeat(Math.max(0, width - kept.length));
  return flags.left ? kept.join('') + padding : padding + kept.join('');
}

function notInteger(value: string | typeof MAPPING, type: string): BadFormat {
  const wanted = /[oxX]/.test(type) ? 'an integer' : 'a real number';
  return new BadFormat(`%${type} format: ${wanted} is required, not ${typeName(value)}`);
}

function typeName(value: string | typeof MAPPING): string {
  return value === MAPPING ? 'dict' : 'str';
}
