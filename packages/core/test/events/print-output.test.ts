import { describe, expect, test } from '@jest/globals';

import { payloadOf } from '../../src/events/payload.ts';
import { printOutput } from '../../src/events/print-output.ts';
import type { OutputEvent } from '../../src/events/types.ts';

const output = (data: string | Buffer): OutputEvent => ({
  type: 'PROCESS_LOG_STDERR',
  process: { name: 'web', group: 'all' },
  pid: 7,
  channel: 'stderr',
  data: Buffer.from(data),
});

function printed(event: OutputEvent, result = payloadOf(event)): string {
  let text = '';
  printOutput((lines) => (text += lines.toString()))(event, result);
  return text;
}

describe('the printing of output that a listener has sent back', () => {
  test.each([
    ['one\n', 'web stderr | one\n'],
    ['one\ntwo', 'web stderr | one\nweb stderr | two\n'],
    [
      'one\r\n\ntwo\rthree\n',
      'web stderr | one\nweb stderr | \nweb stderr | two\nweb stderr | three\n',
    ],
    ['grün\n', 'web stderr | grün\n'],
    ['', ''],
  ])('makes of %j', (data, lines) => {
    expect(printed(output(data))).toBe(lines);
  });

  test('prints bytes as they are that no payload can carry', () => {
    const event = output(Buffer.from([0xff, 0x41, 0x0a]));
    let bytes: Buffer | undefined;
    printOutput((lines) => (bytes = lines))(event, payloadOf(event));
    expect(bytes).toEqual(Buffer.concat([Buffer.from('web stderr | '), event.data]));
  });

  test('prints what the listener has made of it', () => {
    const result = Buffer.from('processname:other channel:stdout\nCHANGED\n');
    expect(printed(output('x\n'), result)).toBe('other stdout | CHANGED\n');
  });

  test.each(['OK', '', 'processname:web\nx', 'channel:stdout\nx'])(
    'takes %j for an error',
    (result) => {
      expect(() => printed(output('x'), Buffer.from(result))).toThrow(
        'not the output of a program',
      );
    },
  );
});
