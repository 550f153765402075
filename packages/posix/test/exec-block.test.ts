import { expect, test } from '@jest/globals';

import { keepBytes, layOut } from '../src/exec-block.ts';
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

test('a variable that is not UTF-8 is laid out as the bytes it was', () => {
  const [seen, bytes] = ['OLD=\ufffd\ufffd', Buffer.from('OLD=\xff\xfe', 'latin1')];
  keepBytes(seen, bytes);
  const { envp } = layOut('/x', [], { OLD: '\ufffd\ufffd', NEW: '\ufffd' });
  const [first, second] = [0n, 8n].map((at) => bytesAt(envp + at, 8).readBigUInt64LE());
  expect(bytesAt(first as bigint, 7)).toEqual(Buffer.concat([bytes, Buffer.alloc(1)]));
  expect(textAt(second as bigint)).toBe('NEW=\ufffd');
});
