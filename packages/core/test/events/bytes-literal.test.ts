import { expect, test } from '@jest/globals';

import { bytesLiteral } from '../../src/events/bytes-literal.ts';

test.each([
  ['', "b''"],
  ['e\xffrr\n', "b'e\\xffrr\\n'"],
  ['\t\r\\', "b'\\t\\r\\\\'"],
  ['\x00\x1f\x7f\x80 ~', "b'\\x00\\x1f\\x7f\\x80 ~'"],
  ["it's", 'b"it\'s"'],
  ['say "a"', 'b\'say "a"\''],
  ['it\'s "a"', "b'it\\'s \"a\"'"],
])('writes %j as Python does', (bytes, literal) => {
  expect(bytesLiteral(Buffer.from(bytes, 'latin1'))).toBe(literal);
});
