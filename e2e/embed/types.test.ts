import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, fromRoot } from '../support/sandbox.ts';
import { install } from './support/host.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const resolutions = [
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['es2022', 'bundler'],
] as const;

test.each(
  ['examples/embed-jobs', 'e2e/embed/fixtures'].flatMap((folder) =>
    resolutions.map(([module, resolution]) => [folder, module, resolution] as const),
  ),
)(
  '%s compiles in strict mode: module %s, resolution %s',
  async (folder, module, moduleResolution) => {
    install(sandbox, folder);
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      // The declarations of our packages are checked as well.
      skipLibCheck: false,
      noEmit: true,
    };
    sandbox.write('package.json', '{"type":"module"}');
    const include = ['app/*.ts'];
    sandbox.write('tsconfig.json', JSON.stringify({ compilerOptions, include }));
    const compiler = fromRoot('node_modules/typescript/bin/tsc');
    const { status, stdout } = await sandbox
      .run(process.execPath, [compiler, '-p', sandbox.path('tsconfig.json')])
      .ended();
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
);
