import { expect, test } from '@jest/globals';

import { pythonBytes, pythonText } from '../../src/format/python-text.ts';

test.each([
  ['SHUTDOWN_STATE', "'SHUTDOWN_STATE'"],
  ["it's", `"it's"`],
  [`"it's"`, `'"it\\'s"'`],
  ['a\nb\tc\\', String.raw`'a\nb\tc\\'`],
  ['\u0001\u007F', String.raw`'\x01\x7f'`],
  ['grün \u200B', String.raw`'grün \u200b'`],
])('%j is shown as Python shows it', (text, shown) => {
  expect(pythonText(text)).toBe(shown);
});

test('bytes are shown as Python shows them', () => {
  expect(pythonBytes(Buffer.from([0x61, 0x0a, 0x27, 0xff, 0x00]))).toBe(`b"a\\n'\\xff\\x00"`);
});
