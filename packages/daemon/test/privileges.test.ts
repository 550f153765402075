import { expect, test } from '@jest/globals';

import type { UserId } from '@tsvisor/config';

import { dropPrivileges, type Credentials } from '../src/privileges.ts';

class FakeCredentials implements Credentials {
  readonly became: UserId[] = [];
  readonly #uid: number;
  readonly #refuses: string | undefined;

  constructor(uid: number, refuses?: string) {
    this.#uid = uid;
    this.#refuses = refuses;
  }

  uid(): number {
    return this.#uid;
  }

  become(user: UserId): void {
    if (this.#refuses !== undefined) {
      throw Object.assign(new Error('EPERM'), { syscall: this.#refuses });
    }
    this.became.push(user);
  }
}

test('root without user= goes on as root, with a warning', () => {
  const lines = dropPrivileges(null, new FakeCredentials(0));
  expect(lines.critical).toHaveLength(1);
  expect(lines.critical[0]).toMatch(/^Supervisor is running as root\. {2}Privileges were not/);
});

test('without user=, anybody else goes on in silence', () => {
  expect(dropPrivileges(null, new FakeCredentials(33))).toEqual({ critical: [], info: [] });
});

test('user= naming whom we are already changes nothing', () => {
  const credentials = new FakeCredentials(33);
  expect(dropPrivileges({ uid: 33, gid: null }, credentials).info).toEqual([
    'Set uid to user 33 succeeded',
  ]);
  expect(credentials.became).toEqual([]);
});

test('root becomes the user', () => {
  const credentials = new FakeCredentials(0);
  const lines = dropPrivileges({ uid: 33, gid: null }, credentials);
  expect(credentials.became).toEqual([{ uid: 33, gid: null }]);
  expect(lines).toEqual({ critical: [], info: ['Set uid to user 33 succeeded'] });
});

test.each([
  ['setgroups', 'Could not set groups of effective user'],
  ['setgid', 'Could not set group id of effective user'],
  ['setuid', 'Could not set user id of effective user'],
])('a refused %s ends the start: %s', (call, text) => {
  expect(() => dropPrivileges({ uid: 33, gid: null }, new FakeCredentials(0, call))).toThrow(text);
});

test('only root can become somebody else', () => {
  expect(() => dropPrivileges({ uid: 33, gid: null }, new FakeCredentials(1000))).toThrow(
    "Can't drop privilege as nonroot user",
  );
});
