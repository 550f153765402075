import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { test } from '@jest/globals';

import { tsvdProgram } from './sandbox.ts';

type TestBlock = (name: string, run: () => Promise<void>, timeoutMs?: number) => void;

/** `test`, or where something is missing one that is skipped and says what. */
export function needs(what: string, isThere: boolean): TestBlock {
  const block = isThere ? test : test.skip;
  return (name, run, timeoutMs) =>
    block(isThere ? name : `${name} [needs ${what}]`, run, timeoutMs);
}

const succeeds = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Debian's python3, for which Debian's supervisor is installed. */
export const python = '/usr/bin/python3';

export const withChildutils = needs(
  "Debian's python3-supervisor or supervisor",
  succeeds(python, ['-c', 'import supervisor.childutils']),
);

export const withTerminal = needs("Debian's python3", succeeds(python, ['-c', 'import pty']));

export const withPhpCgi = needs("Debian's php-cgi", succeeds('php-cgi', ['-v']));

export const withSupervisord = needs("Debian's supervisor", succeeds('supervisord', ['-v']));

export const asRoot = needs('root', process.getuid?.() === 0);

export const withMounts = needs(
  'root and mount namespaces',
  succeeds('unshare', ['--mount', '--propagation', 'private', 'true']),
);

export const withNetNamespaces = needs(
  'root and network namespaces',
  process.getuid?.() === 0 && succeeds('unshare', ['--net', 'true']),
);

export const withPrlimit = needs('prlimit of util-linux', succeeds('prlimit', ['--version']));

export const withOtherUsers = needs(
  'root, setpriv and prlimit of util-linux, and a folder that others may read',
  process.getuid?.() === 0 &&
    succeeds('prlimit', ['--version']) &&
    succeeds('setpriv', ['--reuid=100000', '--clear-groups', 'test', '-x', tsvdProgram]),
);

export const withPidNamespaces = needs(
  'root and pid namespaces',
  succeeds('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', 'true']),
);

/** The library of Debian's faketime; empty if it is not there. */
export const faketime =
  ['x86_64', 'aarch64']
    .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
    .find((path) => existsSync(path)) ?? '';

export const withFaketime = needs("Debian's faketime", faketime !== '');
