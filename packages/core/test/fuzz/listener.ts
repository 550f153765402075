import { cuttings, pieces } from '../../../../fuzz/cuts.ts';
import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import type { Random } from '../../../../fuzz/random.ts';
import { same } from '../../../../fuzz/same.ts';
import { MAX_ANSWER_BYTES, freshListener, received, sent } from '../../src/events/listener.ts';
import type { ListenerEffect, Verdict } from '../../src/events/listener.ts';
import { readAll } from './listener-reference.ts';
import type { Reading } from './listener-reference.ts';

/** What a listener may write, in any order, however cut: as the protocol read from the whole has it. */
export const listenerFuzzer: Fuzzer = {
  name: 'listener-protocol',
  open: () => ({
    one(random) {
      if (random.once(500)) return sameHoweverCut(oversized(random), random);
      const stretches = written(random);
      const expected = readAll(stretches, verdict);
      const shown = (): string => JSON.stringify(stretches);
      const ways = stretches.map((stretch) => [
        ...cuttings(Buffer.from(stretch, 'latin1'), random),
      ]);
      const most = Math.max(...ways.map((list) => list.length));
      for (let n = 0; n < most; n++) {
        same(read(ways.map((list) => list[n % list.length]!)), expected, shown);
      }
    },
  }),
};

const verdict = (result: string): Verdict =>
  result === 'OK' ? 'processed' : result.includes('!') ? 'caused-an-error' : 'rejected';

/** A new event comes before each stretch but the first, if the listener is READY. */
function read(stretches: readonly (readonly Buffer[])[]): Reading {
  let facts = freshListener;
  const happened: string[] = [];
  stretches.forEach((chunks, n) => {
    if (n > 0 && facts.state === 'READY') facts = sent(facts);
    for (const chunk of chunks) {
      const [next, effects] = received(facts, chunk, (result) =>
        verdict(result.toString('latin1')),
      );
      facts = next;
      happened.push(...effects.map(named));
    }
  });
  const { state, awaited, input } = facts;
  return { state, awaited, rest: input.toString('latin1'), happened };
}

function named(effect: ListenerEffect): string {
  if (effect.type !== 'say') return effect.type;
  const { what } = effect;
  return what.type === 'changed' ? `${what.from} -> ${what.to}` : what.type;
}

const NUMBERS = [
  '0',
  '2',
  '2',
  '2',
  '4',
  '1_0',
  '+2',
  '-0',
  '-1',
  ' 2 ',
  '\t3',
  '',
  'x',
  '2.0',
  '0x2',
  '1__0',
  '_1',
  '\u00b2',
  '002',
];
const KEYWORDS = [
  'RESULT ',
  'RESULT ',
  'RESULT ',
  'RESULT  ',
  'FOOBAR ',
  'RESULT',
  'R',
  '',
  '\r\n',
];
const PIECES = [
  'READY\n',
  'READY\n',
  'READY',
  '\n',
  'RESULT 2\nOK',
  'RESULT 2\nOKREADY\n',
  'RESULT 4\nFAIL',
  'RESULT 0\n',
  'OK',
  'FAIL',
  '!',
  'RESULT 1\n!',
  '\0',
  '\xff',
  '\r\n',
  'ready\n',
  ' ',
];

function written(random: Random): string[] {
  const stretches = random.list(1, 6, () =>
    random.once(2) ? answer(random) : random.text(PIECES, 0, 4),
  );
  return random.once(8) ? stretches : ['READY\n', ...stretches];
}

function answer(random: Random): string {
  const result = random.pick(['OK', 'OK', 'FAIL', '', 'OK\n', 'x!', '\xff\0', 'READY\n']);
  const length = random.once(4) ? random.pick(NUMBERS) : String(result.length);
  const ending = random.pick(['READY\n', 'READY\n', '', '\n', 'RESULT 2\nOK']);
  return `${random.pick(KEYWORDS)}${length}\n${result}${ending}`;
}

/** An answer near the limit of what is kept. */
function oversized(random: Random): Buffer {
  const length = MAX_ANSWER_BYTES + random.between(-4, 4);
  const isLine = random.once(2);
  const text = isLine
    ? `RESULT ${random.pick(['0', ' ']).repeat(length - 8)}2\nOKREADY\n`
    : `RESULT ${length}\n${'x'.repeat(length)}READY\n`;
  return Buffer.from(text);
}

function sameHoweverCut(answered: Buffer, random: Random): void {
  const ready = [Buffer.from('READY\n')];
  const whole = read([ready, [answered]]);
  const near = Math.max(0, answered.length - random.between(6, 16));
  const cut = [answered.subarray(0, near), ...pieces(answered.subarray(near), random)];
  same(read([ready, cut]), whole, () => `${answered.length} bytes cut at ${near}`);
}
