import { expect, test } from '@jest/globals';

import { pythonBytes } from '../../src/format/python-bytes.ts';

test('bytes are shown as Python shows them', () => {
  expect(pythonBytes(Buffer.from([0x61, 0x0a, 0x27, 0xff, 0x00]))).toBe(`b"a\\n'\\xff\\x00"`);
  expect(pythonBytes(Buffer.from(`\t\\'"~`))).toBe(String.raw`b'\t\\\'"~'`);
});
