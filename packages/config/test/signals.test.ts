import { expect, test } from '@jest/globals';

import { parseSignal, readSignal, shortSignalName, signalName } from '../src/index.ts';

test.each([
  ['TERM', 15],
  ['sigterm', 15],
  [' hup ', 1],
  ['15', 15],
  ['0', 0],
  ['cld', 17],
  ['IOT', 6],
  ['RTMAX', 64],
  ['99', undefined],
  ['32', undefined],
  ['-1', undefined],
  ['NOSUCH', undefined],
  ['SIG', undefined],
  [9, 9],
  [40, undefined],
])('%p is signal %p', (given, number) => {
  expect(parseSignal(given)).toBe(number);
});

test('tells a bad name from a bad number', () => {
  expect(() => readSignal('nosuch')).toThrow("value 'nosuch' is not a valid signal name");
  expect(() => readSignal('99')).toThrow("value '99' is not a valid signal number");
});

test.each([
  [15, 'SIGTERM', 'TERM'],
  [6, 'SIGABRT', 'ABRT'],
  [17, 'SIGCHLD', 'CHLD'],
  [29, 'SIGPOLL', 'IO'],
  [34, 'SIGRTMIN', 'RTMIN'],
  [40, 'signal 40', '40'],
  [0, 'signal 0', '0'],
])('signal %p is %s in the log, %s in a description', (number, name, short) => {
  expect(signalName(number)).toBe(name);
  expect(shortSignalName(number)).toBe(short);
});
