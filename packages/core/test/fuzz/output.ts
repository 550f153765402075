import { cuttings } from '../../../../fuzz/cuts.ts';
import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import type { Random } from '../../../../fuzz/random.ts';
import { same } from '../../../../fuzz/same.ts';
import { BEGIN_TOKEN, END_TOKEN } from '../../src/logs/output/capture.ts';
import { ChildOutput } from '../../src/logs/output/child-output.ts';
import type { OutputLog } from '../../src/logs/output/child-output.ts';
import { LineFormat } from '../../src/logs/output/line-format.ts';
import { keptOf, linesOf, takeCaptures, withoutAnsi } from './output-reference.ts';

const process = { name: 'web', group: 'site' };
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const ENDLESS = 2 ** 30;

type Format = ConstructorParameters<typeof LineFormat>[1]['config'];
interface Settings {
  readonly captureMaxBytes: number;
  readonly strips: boolean;
}
const everything: Settings = { captureMaxBytes: ENDLESS, strips: false };

/** All of one life's output, as latin1. */
interface Outcome {
  readonly logged: string;
  readonly communications: readonly string[];
  /** The PROCESS_LOG events before the first communication, up to the next, and so on. */
  readonly records: readonly (readonly string[])[];
}

/** Output with the tokens of captures in it, cut anywhere. */
export const captureFuzzer: Fuzzer = {
  name: 'capture',
  open: () => ({
    one(random) {
      const text = printed(random);
      const bytes = Buffer.from(text, 'latin1');
      const small: Settings = { captureMaxBytes: random.between(1, 60), strips: random.once(2) };
      for (const chunks of cuttings(bytes, random)) {
        const shown = (): string => JSON.stringify(chunks.map((chunk) => chunk.toString('latin1')));
        const whole = outcome(chunks, everything);
        tellsAll(whole, text, shown);
        keepsWhatItMay(outcome(chunks, small), whole, small, shown);
      }
    },
  }),
};

function tellsAll(
  { logged, communications, records }: Outcome,
  text: string,
  shown: () => string,
): void {
  const { output, captured, unfinished, told } = takeCaptures(text);
  // Each byte but those of the tokens has its event, once, and in order.
  same(
    { logged, communications, told: records.flat().join('') },
    { logged: output + unfinished, communications: captured, told },
    shown,
  );
}

/** The same reads with a small buffer and with or without escape sequences: nothing else changes. */
function keepsWhatItMay(less: Outcome, whole: Outcome, small: Settings, shown: () => string): void {
  const strip = small.strips ? withoutAnsi : (record: string): string => record;
  const records = whole.records.map((list) => list.map(strip));
  same(less.records, records, () => `${shown()} with ${JSON.stringify(small)}`);
  // Of the events before a communication the last ones were captured.
  const captures = whole.communications.map((captured, n) =>
    keptOf(lastRecords(whole.records[n]!, captured.length).map(strip), small.captureMaxBytes),
  );
  same(less.communications, captures, () => `${shown()} with ${JSON.stringify(small)}`);
}

function lastRecords(records: readonly string[], bytes: number): readonly string[] {
  let first = records.length;
  for (let left = bytes; left > 0;) left -= records[--first]!.length;
  return records.slice(first);
}

function outcome(chunks: readonly Buffer[], { captureMaxBytes, strips }: Settings): Outcome {
  const logged: Buffer[] = [];
  const communications: string[] = [];
  const records: string[][] = [[]];
  const output = new ChildOutput({
    process,
    pid: () => 42,
    channel: 'stdout',
    config: { captureMaxBytes, eventsEnabled: true },
    log: keeper(logged),
    logger: { passes: () => false, log: () => undefined },
    emit(event) {
      if (!('channel' in event)) throw new Error(`an event of type ${event.type}`);
      const text = event.data.toString('latin1');
      if (event.type === 'PROCESS_LOG_STDOUT') {
        records.at(-1)!.push(text);
        return;
      }
      communications.push(text);
      records.push([]);
    },
    stripAnsi: () => strips,
  });
  feed(output, chunks);
  return { logged: Buffer.concat(logged).toString('latin1'), communications, records };
}

/** By way of one buffer that is used again for each read, as the pipes' is. */
function feed(
  into: { write(data: Buffer): boolean; end?(): void },
  chunks: readonly Buffer[],
): void {
  const buffer = Buffer.alloc(Math.max(1, ...chunks.map((chunk) => chunk.length)));
  for (const chunk of chunks) {
    chunk.copy(buffer);
    into.write(buffer.subarray(0, chunk.length));
    buffer.fill('?');
  }
  into.end?.();
}

const keeper = (kept: Buffer[]): OutputLog => ({
  backedUp: false,
  write(data) {
    kept.push(Buffer.from(data));
    return true;
  },
});

/** Output that is worded line by line, cut anywhere. */
export const lineFormatFuzzer: Fuzzer = {
  name: 'line-format',
  open: () => ({
    one(random) {
      const text = random.once(200) ? longLines(random) : printed(random);
      const format: Format = {
        prefix: random.pick(['', 'web |', 'é']),
        timestamp: random.pick(['none', 'iso']),
        format: random.pick(['raw', 'json']),
      };
      const expected = linesOf(text, 65_536).map((line) => worded(line, format));
      const ways =
        text.length > 1000
          ? [longPieces(Buffer.from(text, 'latin1'), random)]
          : cuttings(Buffer.from(text, 'latin1'), random);
      for (const chunks of ways) {
        const logged: Buffer[] = [];
        const options = {
          process,
          channel: 'stdout',
          config: format,
          pid: () => 42,
          now: () => NOW,
        } as const;
        feed(new LineFormat(keeper(logged), options), chunks);
        const lines = Buffer.concat(logged).toString('latin1');
        same(lines, expected.join(''), () => JSON.stringify(text.slice(0, 1000)));
        for (const one of logged)
          if (one.at(-1) !== 0x0a) throw new Error('a write ends inside a line');
      }
    },
  }),
};

function worded(line: string, { prefix, timestamp, format }: Format): string {
  const time = new Date(NOW).toISOString();
  const text = Buffer.from(line, 'latin1').toString();
  const latin1 = (utf8: string): string => Buffer.from(utf8).toString('latin1');
  if (format === 'json') {
    const record = { time, program: 'web', group: 'site', stream: 'stdout', pid: 42, line: text };
    return latin1(`${JSON.stringify(record)}\n`);
  }
  const parts = [
    timestamp === 'iso' ? `${time} ` : '',
    prefix === '' ? '' : latin1(`${prefix} `),
    line,
  ];
  return `${parts.join('')}\n`;
}

const BEGIN = BEGIN_TOKEN.toString();
const END = END_TOKEN.toString();
const PIECES = [
  BEGIN,
  BEGIN,
  BEGIN,
  END,
  END,
  END,
  'x',
  'line\n',
  '\n',
  '\r\n',
  'a longer line that is more than any token\n',
  '<',
  '<!--',
  '<!--XSUPERVISOR:',
  '-->',
  '>',
  '\x1b[31m',
  '\x1b[0',
  '\x1b[',
  '\x1b',
  '[',
  'm',
  '\xc3\xa9',
  '\xc3',
  '\xff',
  '\0',
  '"',
  '\\',
];

function printed(random: Random): string {
  return random
    .list(0, 9, () => {
      const piece = random.pick(PIECES);
      if (!random.once(5)) return piece;
      const at = random.int(piece.length + 1);
      return random.pick([
        piece.slice(0, at),
        piece.slice(at),
        piece.slice(0, at) + random.pick(PIECES) + piece.slice(at),
      ]);
    })
    .join('');
}

const longLines = (random: Random): string =>
  random
    .list(
      1,
      3,
      () =>
        'x'.repeat(random.pick([65_535, 65_536, 65_537, 131_072, 140_000])) +
        random.pick(['', '\n']),
    )
    .join('');

function longPieces(bytes: Buffer, random: Random): Buffer[] {
  const at = Math.min(bytes.length, 65_536 + random.between(-2, 2));
  return [bytes.subarray(0, at), bytes.subarray(at)];
}
