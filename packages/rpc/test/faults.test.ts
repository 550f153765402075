import { expect, test } from '@jest/globals';

import { Double, fault, faultName, faults, faultString } from '@tsvisor/rpc';

test('the codes are those of supervisord, and one for accounts that may only look', () => {
  const codes = Object.entries(faults).map(([name, { code }]) => `${code} ${name}`);
  expect(codes).toEqual([
    '1 UNKNOWN_METHOD',
    '2 INCORRECT_PARAMETERS',
    '3 BAD_ARGUMENTS',
    '4 SIGNATURE_UNSUPPORTED',
    '6 SHUTDOWN_STATE',
    '10 BAD_NAME',
    '11 BAD_SIGNAL',
    '20 NO_FILE',
    '21 NOT_EXECUTABLE',
    '30 FAILED',
    '40 ABNORMAL_TERMINATION',
    '50 SPAWN_ERROR',
    '60 ALREADY_STARTED',
    '70 NOT_RUNNING',
    '80 SUCCESS',
    '90 ALREADY_ADDED',
    '91 STILL_RUNNING',
    '92 CANT_REREAD',
    '100 FORBIDDEN',
  ]);
});

test('the text is the name, and the detail as Python shows it', () => {
  expect(faultString('NO_FILE')).toBe('NO_FILE');
  expect(faultString('BAD_NAME', 'web')).toBe('BAD_NAME: web');
  expect(faultString('BAD_NAME', '')).toBe('BAD_NAME: ');
  expect(faultString('BAD_NAME', new Double(1))).toBe('BAD_NAME: 1.0');
  expect(faultString('BAD_NAME', ['a', 1])).toBe("BAD_NAME: ['a', 1]");
  expect(faultString(92, true)).toBe('CANT_REREAD: True');
});

test("a plug-in's own code is UNKNOWN", () => {
  expect(fault(4711, 'mine')).toMatchObject({ code: 4711, text: 'UNKNOWN: mine' });
  expect(faultName(4711)).toBe('UNKNOWN');
  expect(faultName(6)).toBe('SHUTDOWN_STATE');
});
