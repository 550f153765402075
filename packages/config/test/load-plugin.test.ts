import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { isModulePlugin, loadPlugin, resolvableByDefault } from '@tsvisor/config';

const files = {
  'good.mjs': 'export const make = () => "made"; export const text = "a";',
  'common.cjs': 'Object.assign(module.exports, { make: () => "common" });',
  'throws.mjs': 'throw new Error("not today");',
  'broken.mjs': 'export function (',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugins-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const made = async (spec: string, directory: string): Promise<unknown> =>
  ((await loadPlugin(spec, directory)) as () => unknown)();

describe('the function of a module', () => {
  test('is found beside the file, in a module of either kind', async () => {
    expect(await made('./good.mjs:make', folder)).toBe('made');
    expect(await made(`${folder}/good.mjs : make`, '/')).toBe('made');
    expect(await made('common.cjs:make', folder)).toBe('common');
  });

  test.each([
    ['none.mjs:make', 'there is no file FOLDER/none.mjs'],
    ['good.mjs:other', 'FOLDER/good.mjs exports no other, but make, text'],
    ['good.mjs:text', 'text of FOLDER/good.mjs is no function, but of type string'],
    ['throws.mjs:make', 'FOLDER/throws.mjs cannot be loaded: Error: not today'],
    ['broken.mjs:make', 'FOLDER/broken.mjs cannot be loaded: SyntaxError: '],
  ])('%s cannot be had, and it is said why', async (spec, why) => {
    await expect(loadPlugin(spec, folder)).rejects.toThrow(why.replace('FOLDER', folder));
  });
});

describe('what a plug-in setting may name', () => {
  test('is a module by its path', () => {
    expect(['./x.js:make', '/a/x.mjs:make', 'x.cjs:make'].map(isModulePlugin)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['x.js', 'a.b:make', join('a', 'x.py:make')].map(isModulePlugin)).toEqual([
      false,
      false,
      false,
    ]);
    expect(resolvableByDefault('rpcinterface', './x.js:make')).toBe(true);
    expect(resolvableByDefault('ctlplugin', './x.js:make')).toBe(true);
    expect(resolvableByDefault('result_handler', './x.js:make')).toMatch(/^No module named/);
  });

  test.each([
    ['rpcinterface', 'supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface'],
    ['rpcinterface', 'supervisor_cache.rpcinterface:make_cache_rpcinterface'],
    ['ctlplugin', 'supervisor_cache.controllerplugin:make_cache_controllerplugin'],
    ['result_handler', 'supervisor_stdout:event_handler'],
  ] as const)('is what Python has for [%s]: %s', (kind, spec) => {
    expect(resolvableByDefault(kind, spec)).toBe(true);
  });
});
