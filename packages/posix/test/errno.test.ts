import { constants } from 'node:os';

import { describe, expect, test } from '@jest/globals';

import { errnoName, errnoNumber, nodeCall, strerror, SystemCallError } from '../src/errno.ts';

// Linux has two names for these, of which ours is the one that Python prints.
const synonyms = ['EWOULDBLOCK', 'EOPNOTSUPP'];

test('the numbers are those of node:os, as far as it knows them', () => {
  const known = Object.entries(constants.errno).filter(([name]) => !synonyms.includes(name));
  expect(known.length).toBeGreaterThan(70);
  expect(known.map(([, number]) => errnoName(number))).toEqual(known.map(([name]) => name));
  expect(known.map(([name]) => errnoNumber(name))).toEqual(known.map(([, number]) => number));
});

test('names that node:os lacks are there too', () => {
  expect([80, 123, 132, 133].map(errnoName)).toEqual([
    'ELIBBAD',
    'ENOMEDIUM',
    'ERFKILL',
    'EHWPOISON',
  ]);
});

test('a number without a name is shown as digits', () => {
  expect([0, 41, 58, 4711].map(errnoName)).toEqual(['0', '41', '58', '4711']);
  expect(errnoNumber('ENONE')).toBeUndefined();
  expect(errnoNumber('')).toBeUndefined();
});

test('the words are those of the C library', () => {
  expect(strerror(2)).toBe('No such file or directory');
  expect(errnoName(-2)).toBe('EAI_NONAME');
  expect(strerror(-2)).toMatch(/name/i);
});

test('an error names the call, the code and the meaning', () => {
  const error = new SystemCallError('setgroups', 1);
  expect(error).toMatchObject({
    name: 'SystemCallError',
    text: '[Errno 1] Operation not permitted',
    syscall: 'setgroups',
    errno: 1,
    code: 'EPERM',
  });
  expect(error.message).toBe('setgroups: EPERM (Operation not permitted)');
});

describe('a call of Node’s own', () => {
  test('fails with the same error', () => {
    const cause = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'unlink' });
    const call = (): never => {
      throw cause;
    };
    expect(() => nodeCall(call)).toThrow('unlink: ENOENT (No such file or directory)');
  });

  test('keeps errors that are none of the system’s', () => {
    const call = (): never => {
      throw new TypeError('not a number');
    };
    expect(() => nodeCall(call)).toThrow(TypeError);
  });
});
