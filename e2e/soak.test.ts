import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, fromRoot } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

interface Report {
  readonly verdict: readonly {
    readonly what: string;
    readonly value: number;
    readonly limit: number;
  }[];
  readonly audit: { readonly messages: number; readonly states: number };
}

test('a short soak of 40 programs loses, doubles and leaks nothing', async () => {
  const options = `--minutes 0.3 --programs 40 --seed 1 --json ${sandbox.path('report.json')}`;
  const soak = sandbox.run(process.execPath, [
    fromRoot('node_modules/tsx/dist/cli.mjs'),
    '--conditions=@tsvisor/source',
    fromRoot('scripts/soak/main.ts'),
    ...options.split(' '),
  ]);
  const { status, stdout, stderr } = await soak.ended(150_000);
  // What is wrong stands in the report, with examples.
  expect(stdout.split('\n').filter((line) => /^(WRONG| {8})/.test(line))).toEqual([]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const { verdict, audit } = JSON.parse(
    readFileSync(sandbox.path('report.json'), 'utf8'),
  ) as Report;
  expect(verdict.filter(({ value, limit }) => value > limit)).toEqual([]);
  expect(audit.messages).toBeGreaterThan(0);
  expect(audit.states).toBeGreaterThan(100);
}, 180_000);
