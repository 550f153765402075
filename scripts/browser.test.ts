import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

test('what the pages load is made of packages/server/browser as it is', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const tsx = `${root}node_modules/.bin/tsx`;
  const { stderr } = spawnSync(tsx, ['scripts/browser.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
});
