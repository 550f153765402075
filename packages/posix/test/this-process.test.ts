import { expect, test } from '@jest/globals';

import { kill } from '../src/this-process.ts';
import { fixture } from './support/fixture.ts';

test('a process can be asked for by signal 0', () => {
  expect(() => kill(process.pid, 0)).not.toThrow();
  expect(() => kill(process.pid, 999)).toThrow('kill: EINVAL');
  expect(() => kill(2 ** 22 + 1, 0)).toThrow('kill: ESRCH');
});

test('an exit at once leaves no time for anything', async () => {
  await expect(fixture('leaving')).rejects.toMatchObject({ code: 42, stdout: 'begun\n' });
});
