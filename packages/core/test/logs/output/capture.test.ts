import { expect, test } from '@jest/globals';

import { BEGIN_TOKEN, CaptureScanner, END_TOKEN } from '../../../src/logs/output/capture.ts';
import type { Piece } from '../../../src/logs/output/capture.ts';
import { cutAt, random } from '../support.ts';

const B = BEGIN_TOKEN.toString();
const E = END_TOKEN.toString();

/** What comes out, adjacent pieces of a kind joined. */
function scanAll(chunks: readonly Buffer[]): string[] {
  const scanner = new CaptureScanner();
  const shown: string[] = [];
  let last = '';
  for (const piece of [
    ...chunks.flatMap((chunk) => copied(scanner.scan(chunk))),
    ...scanner.end(),
  ]) {
    if (!('data' in piece)) shown.push(piece.type);
    else if (piece.type === last) shown.push(`${shown.pop()}${piece.data.toString('latin1')}`);
    else shown.push(`${piece.type} ${piece.data.toString('latin1')}`);
    last = piece.type;
  }
  return shown;
}

// Pieces may be views of the chunk, which its owner uses again.
function copied(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) =>
    'data' in piece ? { type: piece.type, data: Buffer.from(piece.data) } : piece,
  );
}

const scanText = (...chunks: string[]): string[] =>
  scanAll(chunks.map((text) => Buffer.from(text)));

test('the tokens are 24 and 22 bytes long', () => {
  expect([BEGIN_TOKEN.length, END_TOKEN.length]).toEqual([24, 22]);
});

test('what stands between the tokens is captured, the rest is output', () => {
  expect(scanText(`before ${B}inside${E} after, and long enough`)).toEqual([
    'output before ',
    'begin',
    'captured inside',
    'end',
    'output  after, and long enough',
  ]);
});

test('as many bytes as the wanted token has are held back, one more are not', () => {
  const scanner = new CaptureScanner();
  expect(scanner.scan(Buffer.from('x'.repeat(24)))).toEqual([]);
  expect(scanner.scan(Buffer.from('y'))).toMatchObject([{ type: 'output' }]);
  const inside = new CaptureScanner();
  inside.scan(Buffer.from(`${B}${'x'.repeat(22)}`));
  expect(inside.scan(Buffer.alloc(0))).toEqual([]);
  expect(inside.scan(Buffer.from('y'))).toMatchObject([{ type: 'captured' }]);
});

test('a beginning of the token at the end of longer data waits', () => {
  const scanner = new CaptureScanner();
  expect(scanner.scan(Buffer.from('enough of plain output <!--XSUP'))).toMatchObject([
    { data: Buffer.from('enough of plain output ') },
  ]);
});

test('what was held back comes at the end', () => {
  expect(scanText('short\n')).toEqual(['output short\n']);
  expect(scanText(B)).toEqual(['begin']);
  expect(scanText(`${B}data, some more of it`, E)).toEqual([
    'begin',
    'captured data, some more of it',
    'end',
  ]);
});

test('an END outside and a BEGIN inside are text', () => {
  expect(scanText(`a ${E} b ${B} c ${B} d ${E}`)).toEqual([
    `output a ${E} b `,
    'begin',
    `captured  c ${B} d `,
    'end',
  ]);
});

test('a cut at any byte, or at any two, changes nothing', () => {
  const text = Buffer.from(`x<!--${B}<!--XSUPERVISOR:ENd${E}<!-${B}${E}tail`);
  const whole = scanAll([text]);
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      expect(scanAll(cutAt(text, first, second))).toEqual(whole);
    }
  }
});

test('random streams in random cuts give each byte once and in order', () => {
  const next = random(11);
  const words = [B, E, B.slice(0, 9), E.slice(0, 15), '<', '<!--', 'text', '\n', 'é'];
  for (let round = 0; round < 300; round++) {
    let text = '';
    while (next() > 0.05) text += words[Math.floor(next() * words.length)];
    const data = Buffer.from(text);
    const cuts = Array.from({ length: Math.floor(next() * 9) }, () =>
      Math.floor(next() * data.length),
    );
    const found = scanAll(cutAt(data, ...cuts.toSorted((a, b) => a - b)));
    expect(found).toEqual(scanAll([data]));
    expect(found.map(asWritten).join('')).toBe(data.toString('latin1'));
  }
});

function asWritten(shown: string): string {
  if (shown === 'begin') return B;
  if (shown === 'end') return E;
  return shown.slice(shown.indexOf(' ') + 1);
}
