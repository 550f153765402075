import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import { missingSupervisor, startOracle } from '../../../../fuzz/python.ts';
import type { Random } from '../../../../fuzz/random.ts';
import { same } from '../../../../fuzz/same.ts';
import { BadValue } from '../../src/errors.ts';
import { splitCommand } from '../../src/shell-words.ts';
import { environment } from '../../src/values/environment.ts';
import type { World } from '../../src/world.ts';

/** Python's own shell words, and the pairs that are made of them (config.md §5.20). */
const program = `
import json, shlex, sys

def words(text):
    return shlex.split(text)

def pairs(text):
    lexer = shlex.shlex(text, posix=True)
    lexer.wordchars += '/.+-():'
    found = list(lexer)
    answer = {}
    while found:
        if len(found) < 3 or found[1] != '=':
            raise ValueError("Unexpected end of key/value pairs in value '%s'" % text)
        answer[found[0]] = found[2]
        found = found[4:]
    return answer

for line in sys.stdin:
    text = json.loads(line)
    answers = []
    for read in words, pairs:
        try:
            answers.append({'value': read(text)})
        except ValueError as why:
            answers.append({'error': str(why)})
    print(json.dumps(answers), flush=True)
`;

/** Only the text counts. */
const nothing = {} as World;

/** Texts of command= and environment=, taken apart as Python does. */
export const wordsFuzzer: Fuzzer = {
  name: 'words',
  missing: missingSupervisor,
  open() {
    const oracle = startOracle(program);
    return {
      async one(random) {
        const text = words(random);
        const actual = [
          outcome(() => splitCommand(text)),
          outcome(() => environment.read(text, nothing)),
        ];
        same(actual, await oracle.ask(text), () => JSON.stringify(text));
      },
      close: () => oracle.close(),
    };
  },
};

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof BadValue) return { error: error.message };
    throw error;
  }
}

const PIECES = [
  'A',
  'B=1',
  'A="x y"',
  "C='z'",
  '=',
  ',',
  ';',
  '"',
  "'",
  '\\',
  '#',
  ' ',
  '\t',
  '\n',
  '\r',
  'é',
  'À',
  '×',
  '÷',
  'ß',
  'ÿ',
  '\u00a0',
  '\u{1f600}',
  '/bin/sh',
  '-c',
  '(a)',
  'a:b',
  '$HOME',
  '~',
  '%',
  '\\"',
  "\\'",
  '\\\\',
  '\\\n',
  '""',
  "''",
  '\0',
  '_',
  '.',
  '+',
  '@',
  '{}',
  '|',
  '&',
  '\f',
  '\x0b',
  '__proto__=1',
];

const words = (random: Random): string =>
  random.once(2)
    ? random.text(PIECES, 0, 10)
    : random
        .list(
          0,
          4,
          () =>
            `${random.pick(['A', 'B', 'x y', 'é'])}${random.pick(['=', ' = '])}${random.text(PIECES, 1, 2)}`,
        )
        .join(random.pick([',', ',\n', ';', ' ', ', ']));
