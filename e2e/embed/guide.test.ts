import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { Sandbox, fromRoot } from '../support/sandbox.ts';
import { install, runNode } from './support/host.ts';

test('the first program of docs/guide/embed.md prints what stands there', async () => {
  const guide = readFileSync(fromRoot('docs/guide/embed.md'), 'utf8');
  const [, program, printed] = /^```js\n(.*?)^```\n\n```\n(.*?)^```$/ms.exec(guide) ?? [];
  const sandbox = new Sandbox();
  try {
    install(sandbox, 'e2e/embed/fixtures');
    sandbox.write('app/guide.mjs', program!);
    const ended = await runNode(sandbox, ['app/guide.mjs']).ended();
    expect(ended).toEqual({ status: 0, stdout: printed, stderr: '' });
  } finally {
    await sandbox.close();
  }
});
