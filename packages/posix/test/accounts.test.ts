import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { groupById, groupByName, groupsOf, userById, userByName } from '../src/accounts.ts';
import { fixture } from './support/fixture.ts';
import { describeWithMounts, withFiles } from './support/root.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

describe('who is not known', () => {
  test.each(['posix-nobody-has-this-name', '', 'ro\0ot', 'x'.repeat(10_000)])(
    'by name is undefined',
    (name) => {
      expect([userByName(name), groupByName(name), groupsOf(name)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  test.each([1000740000, -1, 2 ** 32 - 1, 2 ** 40, 1.5, Number.NaN])(
    'by number (%p) is undefined',
    (id) => {
      expect([userById(id), groupById(id), groupsOf(id)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );
});

describeWithMounts('on a machine with', () => {
  const web = { name: 'posix-web', uid: 71000, gid: 71001, home: '/srv' };

  test('accounts, they are found by name and by number', async () => {
    await inTemporaryFolder(async (folder) => {
      const passwd = join(folder, 'passwd');
      const group = join(folder, 'group');
      const long = Array.from({ length: 3000 }, (_, count) => `member${count}`).join(',');
      const many = Array.from(
        { length: 100 },
        (_, count) => `g${count}:x:${72000 + count}:posix-web\n`,
      ).join('');
      writeFileSync(passwd, 'root:x:0:0::/root:/bin/sh\nposix-web:x:71000:71001::/srv:/bin/sh\n');
      writeFileSync(group, `root:x:0:\nposix-web:x:71001:posix-web\nlong:x:71002:${long}\n${many}`);
      const groups = [71001, ...Array.from({ length: 100 }, (_, count) => 72000 + count)];
      expect(
        await fixture('accounts', withFiles({ '/etc/passwd': passwd, '/etc/group': group })),
      ).toEqual({
        users: [web, web],
        groups: [
          { name: 'long', gid: 71002 },
          { name: 'long', gid: 71002 },
        ],
        groupsOf: [groups, groups],
        withPrimary: [4, ...groups],
      });
    });
  });

  test('no files at all, nobody is found and nothing fails', async () => {
    await inTemporaryFolder(async (folder) => {
      const empty = join(folder, 'etc');
      mkdirSync(empty);
      expect(await fixture('accounts', withFiles({ '/etc': empty }))).toEqual({
        users: [],
        groups: [],
        groupsOf: [],
      });
    });
  });

  test('name services that answer nothing, the files are read', async () => {
    await inTemporaryFolder(async (folder) => {
      const etc = join(folder, 'etc');
      mkdirSync(etc);
      writeFileSync(join(etc, 'nsswitch.conf'), 'passwd: none-such\ngroup: none-such\n');
      writeFileSync(join(etc, 'passwd'), 'posix-web:x:71000:71001::/srv:/bin/sh\n');
      writeFileSync(join(etc, 'group'), 'long:x:71002:posix-web,x\n');
      expect(await fixture('accounts', withFiles({ '/etc': etc }))).toEqual({
        users: [web, web],
        groups: [
          { name: 'long', gid: 71002 },
          { name: 'long', gid: 71002 },
        ],
        groupsOf: [
          [71001, 71002],
          [71001, 71002],
        ],
        withPrimary: [4, 71002],
      });
    });
  });
});
