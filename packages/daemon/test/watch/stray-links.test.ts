import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { isStrayLink, isTrusted } from '../../src/watch/stray-links.ts';
import { inFolder } from '../support/folder.ts';

test('a link is followed whose maker could have made its target', () => {
  const [root, us, other] = [0, 1000, 1001];
  expect(isTrusted(us, other, us)).toBe(true);
  expect(isTrusted(root, other, us)).toBe(true);
  expect(isTrusted(other, other, root)).toBe(true);
  expect(isTrusted(other, root, root)).toBe(false);
  expect(isTrusted(other, us, us)).toBe(false);
});

test('a link that leads to where it stands is not followed', () =>
  inFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    for (const name of ['src', 'lib']) mkdirSync(at(name));
    const strays = (name: string, target: string): boolean => {
      symlinkSync(target, at(name));
      return isStrayLink(at(name), statSync(at(name)));
    };
    expect(strays('src/here', '.')).toBe(true);
    expect(strays('src/up', '..')).toBe(true);
    expect(strays('src/root', '/')).toBe(true);
    expect(strays('src/lib', '../lib')).toBe(false);
    expect(isStrayLink(at('src'), statSync(at('src')))).toBe(false);
    expect(isStrayLink(at('gone'), { uid: 0 })).toBe(true);
  }));
