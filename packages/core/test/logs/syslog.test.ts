import { expect, test } from '@jest/globals';

import { SyslogSink, syslogLines } from '../../src/logs/syslog.ts';

test.each([
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\ntwo\n\n\n', ['one', 'two']],
  ['\none\n\ntwo', ['', 'one', '', 'two']],
  ['\n\n', ['']],
  ['', ['']],
])('%j makes the messages %j', (text, lines) => {
  expect(syslogLines(text)).toEqual(lines);
});

test('output of a process has its name before each line', () => {
  const sent: string[] = [];
  const sink = new SyslogSink('web', (text) => sent.push(text));
  expect(sink.write(Buffer.from('100%s\nand é\n'))).toBe(true);
  expect(sent).toEqual(['web 100%s', 'web and é']);
});

test('what is not UTF-8 is sent with replacement characters', () => {
  const sent: string[] = [];
  new SyslogSink('web', (text) => sent.push(text)).write(Buffer.of(0x65, 0xff, 0x66));
  expect(sent).toEqual(['web e\ufffdf']);
});
