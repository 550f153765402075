import { expect, test } from '@jest/globals';

import { openSyslog, syslog } from '../src/syslog.ts';
import { fixture } from './support/fixture.ts';
import { describeWithMounts } from './support/root.ts';

test('nothing happens where there is no log', () => {
  openSyslog('posix-test');
  expect(() => syslog('nobody reads this: %s %n', 7)).not.toThrow();
});

describeWithMounts('a message', () => {
  test('has facility, severity and tag, and may hold any text', async () => {
    // A /dev of our own, as the C library knows no other place for the socket.
    const before = ['unshare', '--mount', 'sh', '-ec', 'mount -t tmpfs none /dev; exec "$@"', 'sh'];
    expect(await fixture('system-log', before)).toEqual([
      expect.stringMatching(/^<14>.* supervisord: 100%s %n é$/),
      expect.stringMatching(/^<27>.* supervisord: worse$/),
      expect.stringMatching(/^<14>.* other: a\nb$/),
    ]);
  });
});
