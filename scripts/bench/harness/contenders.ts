import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One of the two that are compared. */
export interface Contender {
  readonly name: 'tsvisor' | 'supervisord';
  readonly daemon: string;
  readonly control: string;
}

const fromRoot = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** TSVD and TSVCTL name other builds than the one in this tree. */
export const tsvisor: Contender = {
  name: 'tsvisor',
  daemon: process.env['TSVD'] ?? fromRoot('packages/daemon/bin/tsvd'),
  control: process.env['TSVCTL'] ?? fromRoot('packages/ctl/bin/tsvctl'),
};

export const supervisord: Contender = {
  name: 'supervisord',
  daemon: onPath('supervisord'),
  control: onPath('supervisorctl'),
};

export const contenders = [tsvisor, supervisord] as const;

/** Python for fixtures: the one that supervisord itself runs on. */
export const python = /^#! *(\S*python\S*)/.exec(firstLine(supervisord.daemon))?.[1] ?? 'python3';

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

function onPath(name: string): string {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // It may be in the next.
    }
  }
  throw new Error(`cannot find ${name} on PATH: the measures compare with it`);
}

function firstLine(file: string): string {
  return readFileSync(file, 'latin1').split('\n', 1)[0] ?? '';
}
