import type { Random } from '../../../../fuzz/random.ts';
import { DateTime, Double } from '../../src/values.ts';
import type { RpcValue } from '../../src/values.ts';

const TEXTS = [
  '',
  'a',
  '<b>&amp;',
  ']]>',
  '&',
  '"',
  "'",
  'ä€😀',
  ' \n\t',
  '__proto__',
  'constructor',
  'toJSON',
  'faultCode',
  '\\',
  '\\u0041',
  '</string>',
  '<!--',
  '\u2028',
  '\ufffd',
  '\u007f',
  '\u0085',
  '\u{1fffe}',
];
/** Those that are no characters of XML. */
const CONTROLS = ['\0', '\x01', '\b', '\f', '\r', '\r\n', '\x1b[0m', '\x1f'];

export interface Kinds {
  /** Also doubles, times and characters that only our own reader takes. */
  readonly all: boolean;
}

export function randomValue(random: Random, kinds: Kinds, depth = 0): RpcValue {
  switch (random.int(depth > 3 ? 8 : 12)) {
    case 0:
      return random.pick([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), -0, 1_000_000]);
    case 1:
      return random.int(2 ** 32) - 2 ** 31;
    case 2:
      return random.once(2);
    case 3:
      return kinds.all ? new Double(random.pick([0.5, 1, 1e300, -1e-7, 123.456])) : true;
    case 4:
      return kinds.all
        ? new DateTime([
            random.between(1, 9999),
            random.between(1, 12),
            random.between(1, 28),
            23,
            5,
            0,
          ])
        : 7;
    case 5:
    case 6:
    case 7:
      return randomText(random, kinds);
    case 8:
    case 9:
      return random.list(0, 4, () => randomValue(random, kinds, depth + 1));
    default: {
      const members = random.list(0, 4, (): [string, RpcValue] => [
        random.text(TEXTS, 0, 2),
        randomValue(random, kinds, depth + 1),
      ]);
      return Object.fromEntries(members);
    }
  }
}

/** U+FDD0 beside a control character is replaced: it stands for one while a response is parsed. */
const randomText = (random: Random, { all }: Kinds): string =>
  random.text([...TEXTS, ...(all ? (random.once(4) ? CONTROLS : []) : ['\ufdd0'])], 0, 4);
