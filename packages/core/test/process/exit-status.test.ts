import { expect, test } from '@jest/globals';

import { exitStatus } from '../../src/process/exit-status.ts';

test.each([
  [0, 0, 'exit status 0'],
  [7 << 8, 7, 'exit status 7'],
  [255 << 8, 255, 'exit status 255'],
  [9, -1, 'terminated by SIGKILL'],
  [15, -1, 'terminated by SIGTERM'],
  [6 | 0x80, -1, 'terminated by SIGABRT (core dumped)'],
  [29, -1, 'terminated by SIGPOLL'],
  [34, -1, 'terminated by SIGRTMIN'],
  [40, -1, 'terminated by signal 40'],
  [0x7f, -1, 'unknown termination cause 0x007f'],
])('wait status %i', (status, code, text) => {
  expect(exitStatus(status)).toMatchObject({ code, text });
});
