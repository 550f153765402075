import type { Random } from '../../../../fuzz/random.ts';

/** Blanks of Python that are not all blanks of others. */
const BLANKS = [
  ' ',
  ' ',
  '  ',
  '\t',
  '\x0b',
  '\f',
  '\x1c',
  '\x1f',
  '\x85',
  '\xa0',
  '\u1680',
  '\u2003',
  '\u2028',
  '\u3000',
];
const PLAIN_BLANKS = ['', '', ' ', ' ', '\t', '   '];
const LINE_ENDS = ['\n', '\n', '\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n', '\n\r', '\r\r\n'];
const DELIMITERS = ['=', '=', '=', ':', ' = ', ' : ', '\t=', '= ', '==', ':=', ''];
const COMMENTS = [';', '#', ' ;', ' #', '\t;', '\xa0#', ';;', '#;', ' ;#', 'x;', 'x#', ' ; ', '# '];
const NAMES = [
  'command',
  'Environment',
  'a',
  'A',
  '_x',
  'x.y',
  'x-y',
  'two words',
  'é',
  'İ',
  'ΑΣ',
  'ẞ',
  '1',
  '%(here)s',
  '"q"',
  'rem',
];
const SECTIONS = [
  'supervisord',
  'program:x',
  'program:x',
  'DEFAULT',
  'default',
  ' a ',
  'a]b',
  '[',
  'é',
  ';',
  'a;b',
  'a ;b',
  '#',
  '',
];
const WORDS = [
  'true',
  '/bin/cat -n',
  '%(ENV_X)s',
  '%%',
  'a=b',
  'a:b',
  '"x y"',
  "'",
  '\\',
  '[x]',
  '[',
  ']',
  '0',
  'ü',
  '\u2028',
  '\0',
  '\x1b[0m',
  '\ufeff',
  '\u{1f600}',
  ',',
  '~',
  '!',
  '\x7f',
  '{}',
];
const BAD_BYTES = [
  [0xff],
  [0xc3],
  [0x80],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xc0, 0xaf],
  [0xf0, 0x9f],
];

/** The bytes of a file that is nearly one of supervisord's. */
export function configBytes(random: Random): Buffer {
  const text = configText(random);
  const bytes = Buffer.from(text);
  if (!random.once(25)) return bytes;
  const at = random.int(bytes.length + 1);
  const bad = Buffer.from(random.pick(BAD_BYTES));
  return Buffer.concat([bytes.subarray(0, at), bad, bytes.subarray(at)]);
}

function configText(random: Random): string {
  const opening = random.once(20) ? '\ufeff' : '';
  const first = random.once(8) ? '' : `[${random.pick(SECTIONS.slice(0, 4))}]\n`;
  const isTame = random.once(2);
  const lines = random.list(
    0,
    14,
    () => `${line(random, isTame)}${isTame ? '\n' : random.pick(LINE_ENDS)}`,
  );
  const whole = opening + first + lines.join('');
  return random.once(6) ? whole.trimEnd() : whole;
}

function line(random: Random, isTame: boolean): string {
  const kind = random.int(20);
  if (kind < 8) return option(random, isTame);
  if (kind < 10) return indent(random) + words(random) + comment(random);
  if (kind < 11) return random.text(BLANKS, 0, 3);
  if (kind < 13) return indent(random) + random.pick(COMMENTS) + words(random);
  if (kind < 15) return (random.once(4) ? indent(random) : '') + section(random);
  if (kind < 16) return indent(random) + option(random, isTame);
  if (kind < 17) return usual(random);
  if (kind < 18)
    return random.text([...BLANKS, ...COMMENTS, ...WORDS, ...DELIMITERS, ...NAMES], 0, 8);
  if (kind < 19) return random.pick(NAMES) + random.pick(BLANKS) + random.pick(DELIMITERS);
  return random.once(8) ? `${random.pick(NAMES)}=${long(random)}` : usual(random);
}

const indent = (random: Random): string =>
  random.once(4) ? random.text(BLANKS, 1, 3) : random.pick([' ', '\t', '  ', '    ']);

function section(random: Random): string {
  const ending = random.pick(['', '', '', ' ', ' ;c', 'x', ']', '#]', ' #] ;]']);
  return `[${random.pick(SECTIONS)}]${ending}`;
}

function option(random: Random, isTame: boolean): string {
  const value = words(random);
  const blank = (): string => random.pick(isTame ? PLAIN_BLANKS : BLANKS);
  return `${random.pick(NAMES)}${blank()}${random.pick(DELIMITERS)}${blank()}${value}${comment(random)}${blank()}`;
}

const comment = (random: Random): string =>
  random.once(3) ? random.pick(COMMENTS) + words(random) + random.pick(COMMENTS) : '';

const words = (random: Random): string =>
  random.list(0, 3, () => random.pick(WORDS)).join(random.pick([' ', '', ',', '\t']));

/** All that the short way of the reader takes, and what it must not take by a hair. */
function usual(random: Random): string {
  const key = random.pick(['command', 'a', 'A.b', '_', 'x-', 'autostart', 'stdout_logfile']);
  const value = random.list(0, 12, () => String.fromCharCode(random.between(0x20, 0x7e))).join('');
  const odd = random.once(4) ? random.pick(BLANKS) : '';
  return `${key}${random.pick(PLAIN_BLANKS)}=${random.pick(PLAIN_BLANKS)}${value}${odd}${random.pick(PLAIN_BLANKS)}`;
}

function long(random: Random): string {
  const piece = random.pick(['x', 'ab ', 'é', '\u{1f600}', ' ;', ';#', '\t', '%']);
  return piece.repeat(random.between(4000, 12_000));
}
