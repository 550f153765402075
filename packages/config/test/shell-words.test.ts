import { expect, test } from '@jest/globals';

import { splitCommand } from '../src/index.ts';
import { outcome, valueCases } from './cases.ts';

test.each(valueCases('command'))('splits %j', (command, expected) => {
  expect(outcome(() => splitCommand(command))).toEqual(expected);
});
