import { expect, test } from '@jest/globals';

import { layOut } from '../src/exec-block.ts';
import { bytesAt, textAt } from '../src/libc.ts';

function vector(address: bigint): string[] {
  const texts: string[] = [];
  for (let at = address; ; at += 8n) {
    const text = bytesAt(at, 8).readBigUInt64LE();
    if (text === 0n) return texts;
    texts.push(textAt(text) as string);
  }
}

test.each([
  ['nothing', '', [], {}],
  ['empty texts', '/x', ['', ''], { A: '' }],
  ['all widths of UTF-8', '/ü', ['€', '𝄞', 'a'], { Ä: 'ö€𝄞' }],
  [
    'more than the memory had room for',
    '/x',
    Array.from({ length: 500 }, (_, n) => `${n}`.repeat(50)),
    { A: 'b' },
  ],
])('%s is laid out as execve(2) reads it', (_, file, argv, environment) => {
  const block = layOut(file, argv, environment);
  expect(textAt(block.file)).toBe(file);
  expect(vector(block.argv)).toEqual(argv);
  expect(vector(block.envp)).toEqual(Object.entries(environment).map((pair) => pair.join('=')));
});
