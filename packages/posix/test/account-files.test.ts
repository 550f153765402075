import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readGroups, readUsers } from '../src/account-files.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

function withText<T>(text: string, read: (path: string) => T): T {
  return inTemporaryFolder((folder) => {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    return read(path);
  });
}

test('users are read with their groups and homes', () => {
  expect(withText('root:x:0:0:root:/root:/bin/sh\nweb:x:33:44::/srv:\n', readUsers)).toEqual([
    { name: 'root', uid: 0, gid: 0, home: '/root' },
    { name: 'web', uid: 33, gid: 44, home: '/srv' },
  ]);
});

test('groups are read with their members', () => {
  expect(withText('adm:x:4:a,b\nempty:x:5:\nshort:x:6\n', readGroups)).toEqual([
    { name: 'adm', gid: 4, members: ['a', 'b'] },
    { name: 'empty', gid: 5, members: [''] },
    { name: 'short', gid: 6, members: [] },
  ]);
});

test('lines that are no records are passed over', () => {
  expect(
    withText('# note\n\n+::::::\n:x:1:1::/:\nbad:x:one:1::/:\nok:x:1:2::/:\n', readUsers),
  ).toEqual([{ name: 'ok', uid: 1, gid: 2, home: '/' }]);
});

test('a missing file is an empty one', () => {
  expect(readUsers('/none/passwd')).toEqual([]);
  expect(readGroups('/none/group')).toEqual([]);
});
