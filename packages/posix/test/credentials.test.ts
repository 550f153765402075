import { chownSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { groupsOf } from '../src/accounts.ts';
import { identityOf } from '../src/credentials.ts';
import { run, sh } from './support/children.ts';
import { fixture } from './support/fixture.ts';
import {
  describeAsRoot,
  describeWithMounts,
  describeWithSetpriv,
  withFiles,
} from './support/root.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

// Without an account on any machine that these tests are likely to run on.
const stranger = 1000740000;

describe('who a child shall be', () => {
  test('somebody with an account has the groups of that account', () => {
    const root = groupsOf(0) ?? [process.getegid?.()];
    expect(identityOf({ uid: 0, gid: null })).toEqual({ uid: 0, gid: root[0], groups: root });
  });

  test('a bare number without an account has the group that we run in', () => {
    const gid = process.getegid?.();
    expect(identityOf({ uid: stranger, gid: null })).toEqual({ uid: stranger, gid, groups: [gid] });
  });

  test('a number with a group has that group alone', () => {
    expect(identityOf({ uid: stranger, gid: 7 })).toEqual({ uid: stranger, gid: 7, groups: [7] });
  });
});

describeAsRoot('a child of another user', () => {
  test('has that user’s ids for good, and no capability', () => {
    const status = sh('cat /proc/self/status', { user: { uid: stranger, gid: 7 } });
    expect(status).toMatch(new RegExp(`^Uid:(\t${stranger}){4}$`, 'm'));
    expect(status).toMatch(/^Gid:(\t7){4}$/m);
    expect(status).toMatch(/^Groups:\t7 $/m);
    for (const set of ['CapPrm', 'CapEff', 'CapAmb'])
      expect(status).toMatch(new RegExp(`^${set}:\t0{16}$`, 'm'));
  });

  test('may open its own output by name', () => {
    const options = { user: { uid: stranger, gid: 7 }, owner: { uid: stranger, gid: 7 } };
    expect(sh('echo out >/dev/stdout; echo err >/proc/self/fd/2', options)).toBe('out\nerr\n');
  });

  test('starts in a directory that only it may enter', () => {
    inTemporaryFolder((folder) => {
      chownSync(folder, stranger, 7);
      expect(sh('pwd -P', { user: { uid: stranger, gid: 7 }, directory: folder })).toBe(
        `${realpathSync(folder)}\n`,
      );
    });
  });

  test('gets umask and limits all the same', () => {
    expect(sh('umask; id -u', { user: { uid: stranger, gid: 7 }, umask: 0o77 })).toBe(
      `0077\n${stranger}\n`,
    );
  });

  test('nothing is changed for the user that we are', () => {
    const { stdout } = run(['/usr/bin/id'], { user: { uid: process.getuid?.() ?? 0, gid: 7 } });
    expect(stdout).toBe(run(['/usr/bin/id']).stdout);
  });
});

describeAsRoot('the process', () => {
  test('every thread is root again after the child has started, or could not', async () => {
    expect(await fixture('restored-credentials')).toEqual({
      threads: expect.any(Number),
      different: ['Uid: 0 0 0 0 Gid: 0 0 0 0 Groups: 0 7 12345'],
      dumpable: 1,
      outcomes: ['runs', "couldn't exec", "couldn't chdir"],
    });
  });

  test('without root, another user is refused in supervisord’s words', async () => {
    expect(await fixture('not-root')).toEqual({
      refused:
        "supervisor: couldn't setuid to 1: Can't drop privilege as nonroot user\nsupervisor: child process was not spawned\n",
      self: 0,
      dropAgain: 'setgroups: EPERM (Operation not permitted)',
      ids: [[1000740000], [7], [7, 12345]],
    });
  });
});

describeWithMounts('an account', () => {
  test('brings the groups that list it', async () => {
    await inTemporaryFolder(async (folder) => {
      const files = accountFiles(folder);
      expect(await fixture('groups-of-a-child', withFiles(files))).toEqual({
        ownGroups: '71001 71001 71002 71003',
        givenGroup: '71004 71002 71003 71004',
      });
    });
  });
});

describeWithSetpriv('capabilities', () => {
  test('that are ambient stay with root', async () => {
    const capability = '+net_bind_service';
    const before = ['setpriv', '--inh-caps', capability, '--ambient-caps', capability];
    expect(await fixture('ambient-capabilities', before)).toEqual({
      stranger: '0000000000000000',
      root: '0000000000000400',
      again: '0000000000000400',
    });
  });

  test.each([
    ['setuid', 'Could not set user id of effective user: CAP_SETUID is missing'],
    ['setgid', 'Could not set groups of effective user: CAP_SETGID is missing'],
  ])('without %s another user is refused, and root goes on', async (name, why) => {
    expect(
      await fixture('without-capability', [
        'setpriv',
        '--groups',
        '0,7',
        '--bounding-set',
        `-${name}`,
      ]),
    ).toEqual({
      refused: `supervisor: couldn't setuid to 1: ${why}\nsupervisor: child process was not spawned\n`,
      groups: [0, 7],
      self: 0,
    });
  });
});

function accountFiles(folder: string): Record<string, string> {
  const [passwd, group] = [join(folder, 'passwd'), join(folder, 'group')];
  writeFileSync(passwd, 'root:x:0:0::/root:/bin/sh\nposix-web:x:71000:71001::/srv:/bin/sh\n');
  writeFileSync(
    group,
    'root:x:0:\nposix-web:x:71001:\na:x:71002:posix-web\nb:x:71003:x,posix-web\nc:x:71004:posix-web2\n',
  );
  return { '/etc/passwd': passwd, '/etc/group': group };
}
