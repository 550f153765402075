import { describe, expect, test } from '@jest/globals';

import type { RpcValue } from '../../src/values.ts';
import { decodeResponse } from '../../src/xmlrpc/decode.ts';
import { encodeResponse } from '../../src/xmlrpc/encode.ts';
import { responseLimits } from '../../src/xmlrpc/limits.ts';
import { readPlainResponse } from '../../src/xmlrpc/plain-response.ts';

/** The same document, but for a comment, which only the XML parser takes. */
const commented = (document: string): string =>
  document.replace('?>\n', '?><!-- -->\n').replace('<methodResponse>', '<methodResponse ><!-- -->');

const outcome = (read: () => unknown): unknown => {
  try {
    return { value: read() };
  } catch (error) {
    return { error: (error as Error).name };
  }
};

/** mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const texts = ['', 'a', '<b>&amp;', 'ä€😀', ' \n\t', ']]', '__proto__', 'constructor', '&'];

function randomValue(random: (below: number) => number, depth: number): RpcValue {
  switch (random(depth > 3 ? 4 : 6)) {
    case 0:
      return random(2 ** 32) - 2 ** 31;
    case 1:
      return random(2) === 0;
    case 2:
    case 3:
      return texts[random(texts.length)] as string;
    case 4:
      return Array.from({ length: random(4) }, () => randomValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random(4) }, (_, n) => [
          `${texts[random(texts.length)]}${n}`,
          randomValue(random, depth + 1),
        ]),
      );
  }
}

test('what supervisord writes is read without a parser', () => {
  const info = [{ name: 'a&b', state: 20, description: 'pid 1, uptime 0:00:01' }, true, [], {}];
  expect(readPlainResponse(encodeResponse(info), responseLimits)).toEqual(info);
});

describe.each(Array.from({ length: 20 }, (_, seed) => seed))('from seed %i', (seed) => {
  const random = randomFrom(seed);

  test('it reads what the parser reads', () => {
    for (let n = 0; n < 50; n++) {
      const document = encodeResponse(randomValue(random, 0));
      expect(decodeResponse(document)).toStrictEqual(decodeResponse(commented(document)));
    }
  });

  test('and of documents with a slip makes what the parser makes of them', () => {
    const slips = [
      '<',
      '>',
      '&',
      '/',
      ' ',
      '\n',
      '\r',
      'x',
      '&lt;',
      '\u0001',
      ']]>',
      '0',
      '\ufdd0',
    ];
    for (let n = 0; n < 100; n++) {
      const document = encodeResponse(randomValue(random, 0));
      // Beyond the prolog, to which the comment is added.
      const at = 60 + random(document.length - 60);
      const slip = slips[random(slips.length)] as string;
      const changed = document.slice(0, at) + slip + document.slice(at + random(3));
      expect(outcome(() => decodeResponse(changed))).toStrictEqual(
        outcome(() => decodeResponse(commented(changed))),
      );
    }
  });
});

test('it has the limits that the parser has', () => {
  const document = encodeResponse([[['a'], { b: 'c' }], 'd']);
  for (let limit = 1; limit < 30; limit++) {
    for (const limits of [{ maxDepth: limit }, { maxElements: limit }]) {
      expect(outcome(() => decodeResponse(document, limits))).toStrictEqual(
        outcome(() => decodeResponse(commented(document), limits)),
      );
    }
  }
});
