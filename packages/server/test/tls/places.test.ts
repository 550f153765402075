import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { placesOf } from '../../src/tls/places.ts';
import { folder } from '../support/folder.ts';

const seen = (path: string): string[] =>
  placesOf(path).map(({ directory, name }) => `${directory} ${name}`);

test('a file is watched in its directory', () => {
  const home = folder();
  writeFileSync(join(home, 'tls.crt'), '');
  expect(seen(join(home, 'tls.crt'))).toEqual([`${home} tls.crt`]);
});

test('each link on the way is watched in the directory it stands in', () => {
  const home = folder();
  // As Kubernetes mounts a secret.
  mkdirSync(join(home, 'mount/..2026_1'), { recursive: true });
  writeFileSync(join(home, 'mount/..2026_1/tls.crt'), '');
  symlinkSync('..2026_1', join(home, 'mount/..data'));
  symlinkSync('..data/tls.crt', join(home, 'mount/tls.crt'));
  symlinkSync(join(home, 'mount'), join(home, 'tls'));
  expect(seen(join(home, 'tls/tls.crt'))).toEqual([
    `${home} tls`,
    `${home}/mount tls.crt`,
    `${home}/mount ..data`,
    `${home}/mount/..2026_1 tls.crt`,
  ]);
});

test('what is missing is waited for where it should be', () => {
  const home = folder();
  expect(seen(join(home, 'live/site/cert.pem'))).toEqual([`${home} live`]);
  symlinkSync('../archive/cert1.pem', join(home, 'cert.pem'));
  expect(seen(join(home, 'cert.pem')).at(0)).toBe(`${home} cert.pem`);
});

test('links that go round in circles come to an end', () => {
  const home = folder();
  symlinkSync('b', join(home, 'a'));
  symlinkSync('a', join(home, 'b'));
  expect(new Set(seen(join(home, 'a')))).toEqual(new Set([`${home} a`, `${home} b`]));
});
