import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { SocketError } from '../../src/sockets/errors.ts';
import { listenUnix, removeSocketFile } from '../../src/sockets/unix.ts';
import { unixServer } from '../support/config.ts';
import { folder } from '../support/folder.ts';
import { ask } from '../support/raw.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = folder();
  file = join(home, 's.sock');
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const speaking = (): Server => {
  const server = createServer((socket) => socket.end('hello'));
  servers.push(server);
  return server;
};

const reports: string[] = [];
const open = (
  change: { mode?: number; owner?: { uid: number; gid: number | null } } = {},
  report: (line: string) => unknown = (line) => reports.push(line),
) => listenUnix(speaking(), unixServer(file, change), report);
beforeEach(() => void reports.splice(0));

/** What a daemon leaves behind that was killed. */
async function deadSocket(): Promise<void> {
  const server = speaking();
  const alive = join(home, 'alive');
  await new Promise<void>((resolve) => void server.listen(alive, resolve));
  linkSync(alive, file);
  await new Promise((resolve) => server.close(resolve));
}

describe('a socket file', () => {
  test.each([0o700, 0o770, 0o777, 0o600, 0o1777])('has the mode %o from birth', async (mode) => {
    const umask = process.umask();
    await open({ mode });
    expect(lstatSync(file).mode & 0o7777).toBe(mode);
    expect(process.umask()).toBe(umask);
    expect(await ask({ path: file }, '')).toBe('hello');
    expect(readdirSync(home)).toEqual(['s.sock']);
  });

  test('takes the place of one that nobody listens on', async () => {
    await deadSocket();
    await open();
    expect(reports).toEqual([`Unlinking stale socket ${file}\n`]);
    expect(await ask({ path: file }, '')).toBe('hello');
  });

  test('takes the place of a regular file', async () => {
    writeFileSync(file, 'precious?');
    await open();
    expect(lstatSync(file).isSocket()).toBe(true);
  });

  test('takes the place of a link, and leaves alone what it points to', async () => {
    const target = join(home, 'target');
    writeFileSync(target, 'text');
    symlinkSync(target, file);
    await open();
    expect(lstatSync(file).isSocket()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('text');
  });

  test('cannot take the place of a directory', async () => {
    mkdirSync(file);
    await expect(open()).rejects.toThrow(
      new SocketError(`Cannot open an HTTP server: ${file} is a directory`),
    );
    expect(readdirSync(home)).toEqual(['s.sock']);
  });

  test('is refused where a daemon answers, which is left alone', async () => {
    await open();
    const { ino } = lstatSync(file);
    await expect(open()).rejects.toMatchObject({
      message: expect.stringMatching(/^Another program is already listening on a port /),
      place: file,
    });
    expect(lstatSync(file).ino).toBe(ino);
    expect(await ask({ path: file }, '')).toBe('hello');
    expect(reports).toEqual([]);
  });

  test('that comes alive while a dead one is removed is left alone', async () => {
    await deadSocket();
    const alive = join(home, 'alive');
    await new Promise<void>((resolve) => void speaking().listen(alive, resolve));
    const overtaken = open({}, () => renameSync(alive, file));
    await expect(overtaken).rejects.toThrow(/^Another program is already listening on a port /);
    expect(await ask({ path: file }, '')).toBe('hello');
    expect(readdirSync(home)).toEqual(['s.sock']);
  });

  test('is made where somebody else removes the dead one first', async () => {
    await deadSocket();
    await open({}, () => unlinkSync(file));
    expect(await ask({ path: file }, '')).toBe('hello');
  });

  test('in a folder that is not there is an error with its name and number, and the file', async () => {
    file = join(home, 'no', 's.sock');
    await expect(open()).rejects.toThrow(
      `Cannot open an HTTP server: socket.error reported errno.ENOENT (2) for ${file}`,
    );
  });

  test('with a name that is too long is an error', async () => {
    file = join(home, 'x'.repeat(110));
    await expect(open()).rejects.toThrow(
      `Cannot open an HTTP server: socket.error reported AF_UNIX path too long for ${file}`,
    );
  });

  test('is removed at the end', async () => {
    const made = await open();
    removeSocketFile(made);
    expect(existsSync(file)).toBe(false);
    removeSocketFile(made);
  });

  test('is left to whoever has put another in its place', async () => {
    const made = await open();
    removeSocketFile(made);
    await open();
    removeSocketFile(made);
    expect(existsSync(file)).toBe(true);
  });
});

/** Only root may give files away. */
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? test : test.skip;
const asUser = isRoot ? test.skip : test;

asRoot('a socket file has its owner from birth', async () => {
  await open({ owner: { uid: 12_345, gid: null } });
  expect(lstatSync(file)).toMatchObject({ uid: 12_345, gid: 0 });
});

asUser('an owner that we may not give it to is named', async () => {
  await expect(open({ owner: { uid: 0, gid: null } })).rejects.toThrow(
    /^Not permitted to chown .*s\.sock to uid\/gid \(0, -1\); adjust "sockchown" value in config file or on command line to values that the current user \(.+\) can successfully chown$/,
  );
  expect(readdirSync(home)).toEqual([]);
});
