import { expect, test } from '@jest/globals';

import { sendNow } from '../src/send.ts';
import { fixture } from './support/fixture.ts';

test('a socket as stdout is written to without waiting, and without a signal when nobody reads', async () => {
  expect(await fixture('socket-as-stdout')).toEqual({
    first: 5,
    received: 'hello',
    atLast: 0,
    closed: expect.stringMatching(/^send: E(PIPE|CONNRESET)/),
  });
});

test('what is no socket is refused', () => {
  expect(() => sendNow(9999, Buffer.from('x'))).toThrow('send: EBADF');
});
