import { expect, test } from '@jest/globals';

import { ConfigError, UsageError } from '@tsvisor/config';

import { StartError } from '../src/errors.ts';
import { failureOf } from '../src/failure.ts';

test.each([new UsageError('no'), new ConfigError('no'), new StartError('no')])(
  'what whoever starts it has to mend ends with 2, in two lines (%#)',
  (error) => {
    expect(failureOf(error, '/bin/tsvd')).toEqual({
      status: 2,
      text: 'Error: no\nFor help, use /bin/tsvd -h\n',
    });
  },
);

test('a person is told which socket others have', () => {
  const error = Object.assign(new Error('no'), { code: 'SOCKET', place: '/run/s.sock' });
  expect(failureOf(error, 'tsvd')).toEqual({
    status: 2,
    text: 'Error: no\nFor help, use tsvd -h\n',
    forPeople: 'tsvd: somebody else listens on /run/s.sock\n',
  });
});

test('a person is told in which line of a configuration the error is', () => {
  const error = new ConfigError('no', {
    file: 'x.conf',
    line: 7,
    section: 'program:a',
    option: 'user',
  });
  expect(failureOf(error, 'tsvd').forPeople).toBe(
    'tsvd: the error is in x.conf:7: [program:a] user\n',
  );
  expect(failureOf(new ConfigError('no', { file: 'x.conf' }), 'tsvd').forPeople).toBeUndefined();
});

test('a FastCGI socket that cannot be made ends with 1', () => {
  const error = Object.assign(new Error('no'), { code: 'SPAWN_ERROR' });
  expect(failureOf(error, 'tsvd').status).toBe(1);
});

test('anything else is a mistake of ours: 1, and where it happened', () => {
  const { status, text } = failureOf(new TypeError('x is undefined'), 'tsvd');
  expect(status).toBe(1);
  expect(text).toMatch(/^TypeError: x is undefined\n +at /);
});
