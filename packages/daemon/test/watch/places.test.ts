import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { placesOf, type Places } from '../../src/watch/places.ts';
import { inFolder } from '../support/folder.ts';

/** The folders below `root`, each with those of the names that concern us. */
function concerned(places: Places, root: string, ...names: readonly string[]): string[] {
  return [...places.folders]
    .map(([folder, tests]) => {
      const told = names.filter((name) => tests.some((isMeant) => isMeant(name)));
      return `${folder.slice(root.length) || '/'}: ${told.join(' ')}`;
    })
    .toSorted();
}

test('of a file are its name in its folder, and the file', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    writeFileSync(join(root, 'a.conf'), '');
    const places = placesOf([join(root, 'a.conf')]);
    expect(concerned(places, root, 'a.conf', 'b.conf')).toEqual(['/: a.conf']);
    expect([...places.files]).toEqual([join(root, 'a.conf')]);
  }));

test('of what is not there are in the nearest folder that is', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    const places = placesOf([join(root, 'x/y/a.conf')], [join(root, 'c/d/*.conf')]);
    expect(concerned(places, root, 'x', 'y', 'c', 'd')).toEqual(['/: x c']);
  }));

test('of a pattern are the names that match, in all folders that match', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    for (const folder of ['app1/conf.d', 'app2', 'other']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    const places = placesOf([], [join(root, 'app*/conf.d/*.conf')]);
    expect(concerned(places, root, 'app9', 'other', 'conf.d', 'x.conf', '.x.conf')).toEqual([
      '/: app9',
      '/app1/conf.d: x.conf',
      '/app2: conf.d',
    ]);
  }));

test('of links are each link on the way', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    mkdirSync(join(root, '..v1'));
    writeFileSync(join(root, '..v1/a.conf'), '');
    symlinkSync('..v1', join(root, '..data'));
    symlinkSync('..data/a.conf', join(root, 'a.conf'));
    const places = placesOf([join(root, 'a.conf')]);
    expect(concerned(places, root, 'a.conf', '..data', '..v1')).toEqual([
      '/..v1: a.conf',
      '/: a.conf ..data',
    ]);
  }));

test('of links in a circle come to an end', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    const places = placesOf([join(root, 'a')]);
    expect(concerned(places, root, 'a', 'b')).toEqual(['/: a b']);
  }));

test('are the same until a file or folder is another', () =>
  inFolder((folder) => {
    const root = realpathSync(folder);
    const path = join(root, 'c/a.conf');
    const identity = (): string => placesOf([path]).identity;
    mkdirSync(join(root, 'c'));
    writeFileSync(path, 'x');
    const first = identity();
    writeFileSync(path, 'y');
    expect(identity()).toBe(first);
    writeFileSync(join(root, 'new'), 'y');
    renameSync(join(root, 'new'), path);
    const second = identity();
    expect(second).not.toBe(first);
    rmSync(join(root, 'c'), { recursive: true });
    expect(identity()).not.toBe(second);
  }));
