import { expect, test } from '@jest/globals';

import { Fault, findMethod, isPublic, methods, methodTable } from '@tsvisor/rpc';

const table = methodTable([
  [
    'supervisor',
    [
      ['getState', 'state'],
      ['_private', 'no'],
      ['a.b', 'no'],
      ['', 'no'],
    ] as const,
  ],
  ['a.b', [['c', 'no']] as const],
]);

test('a method is found by its full name', () => {
  expect(findMethod(table, 'supervisor.getState')).toBe('state');
  expect([...table.keys()]).toEqual(['supervisor.getState']);
});

/** Names by which CVE-2017-11610 and its like reach into a server that walks objects. */
test.each([
  [''],
  ['.'],
  ['..'],
  ['supervisor'],
  ['supervisor.'],
  ['.getState'],
  ['getState'],
  [' supervisor.getState '],
  ['supervisor.getState '],
  ['Supervisor.getState'],
  ['supervisor._private'],
  ['supervisor.__proto__'],
  ['supervisor.constructor'],
  ['supervisor.constructor.constructor'],
  ['supervisor.toString'],
  ['__proto__.getState'],
  ['__proto__.__proto__'],
  ['constructor.prototype'],
  ['hasOwnProperty.call'],
  ['supervisor.supervisord.options.execve'],
  ['supervisor.a.b'],
  ['system.x.y'],
  ['a.b.c.d'],
  ['a.b.c'],
  ['supervisor.getState\0'],
  ['supervisor\u2024getState'],
])('%p is UNKNOWN_METHOD', (name) => {
  for (const any of [table, methods] as ReadonlyMap<string, unknown>[]) {
    expect(() => findMethod(any, name)).toThrow(new Fault(1, 'UNKNOWN_METHOD'));
  }
});

test('what starts with an underscore is not for others', () => {
  expect(isPublic('getState')).toBe(true);
  expect(isPublic('_hidden')).toBe(false);
  expect(isPublic('__proto__')).toBe(false);
});
