import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { footer, header } from './wrapper.ts';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const MARK = 'a'.repeat(64);

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-'));
  copyFileSync(beside('run.cjs'), at('p.cached.cjs'));
  writeProgram(MARK, 'one');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeProgram(mark: string, says: string): void {
  const text = `${header(mark)}
    const say = () => console.log('${says}', __filename, module === exports.m);
    exports.m = module;
    say();
    globalThis[Symbol.for('tsvisor.import')]('file://${at('other.mjs')}').then(({ other }) => console.log(other));
    ${footer}`;
  writeFileSync(at('p.cjs'), text);
  writeFileSync(at('other.mjs'), 'export const other = "other";');
}

const run = (...flags: string[]): string =>
  execFileSync(process.execPath, [...flags, at('p.cached.cjs')], {
    encoding: 'utf8',
    env: { CODE_CACHE: at('p.cache') },
  });

const record = (): void => void run('--require', beside('record.cjs'));
const said = (word: string): string => `${word} ${at('p.cjs')} true\nother\n`;

test('a program runs as if node had been given it, modules that it imports too', () => {
  expect(run()).toBe(said('one'));
});

test('node itself runs it too', () => {
  const says = execFileSync(process.execPath, [at('p.cjs')], { encoding: 'utf8' });
  expect(says).toBe(said('one'));
});

test('code that was recorded is used', () => {
  record();
  expect(existsSync(at('p.cache'))).toBe(true);
  const look = at('look.cjs');
  writeFileSync(
    look,
    `const vm = require('node:vm');
     vm.Script = class extends vm.Script {
       constructor(...args) { super(...args); console.log(this.cachedDataRejected); }
     };`,
  );
  expect(run('--require', look)).toBe(`false\n${said('one')}`);
});

test('code of another build is not used, though its source is as long', () => {
  record();
  writeProgram('b'.repeat(64), 'two');
  expect(run()).toBe(said('two'));
});

test('code that V8 cannot use is not used', () => {
  record();
  expect(run('--max-semi-space-size=1')).toBe(said('one'));
  writeFileSync(at('p.cache'), readFileSync(at('p.cache')).subarray(0, 100));
  expect(run()).toBe(said('one'));
  writeFileSync(at('p.cache'), '');
  expect(run()).toBe(said('one'));
});
