import { execFileSync } from 'node:child_process';

import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

import { lateBuiltins } from './late-builtins.ts';

const program = `
  import assert, { AssertionError } from 'assert';
  import { isatty } from 'node:tty';
  import { rename } from 'node:fs/promises';
  import { isMainThread } from 'node:worker_threads';
  const loaded = () => ['assert', 'fs/promises', 'tty', 'worker_threads']
    .filter((name) => process.moduleLoadList.includes('NativeModule ' + name));
  const before = loaded();
  const answers = [isatty(99), isMainThread, assert.strictEqual(1, 1) === undefined];
  const made = new AssertionError({ message: 'made' }).message;
  assert(true);
  const error = rename('/there/is/no', '/such/file').catch(({ code }) => code);
  error.then((code) => console.log(JSON.stringify({ before, answers, made, code, after: loaded() })));
`;

test('modules of node that a start does not use are loaded when one of their functions is called', async () => {
  const { outputFiles } = await build({
    stdin: { contents: program },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [lateBuiltins],
    write: false,
  });
  const says = execFileSync(process.execPath, ['-'], {
    input: outputFiles[0]!.contents,
    encoding: 'utf8',
  });
  expect(JSON.parse(says)).toEqual({
    before: [],
    answers: [false, true, true],
    made: 'made',
    code: 'ENOENT',
    after: ['assert', 'fs/promises', 'tty'],
  });
});
