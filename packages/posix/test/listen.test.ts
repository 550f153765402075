import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { listenTcp, listenUnix } from '../src/listen.ts';
import { spawn } from '../src/spawn.ts';
import { exitOf } from './support/children.ts';
import { describeAsRoot } from './support/root.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

describe('a unix socket', () => {
  test('serves a child as its fd 0', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 's');
      const fd = listenUnix(path, { mode: 0o700 });
      expect(lstatSync(path).mode & 0o777).toBe(0o700);
      // One may connect before anybody accepts.
      const client = connect(path);
      await once(client, 'connect');
      const answer = `require('net').createServer((c) => { c.end('hello'); process.exitCode = 3; }).listen({ fd: 0 }).once('connection', function () { this.close(); })`;
      const { pid } = spawn({
        file: process.execPath,
        argv: ['node', '-e', answer],
        environment: {},
        directory: null,
        umask: null,
        user: null,
        stdio: [fd, 1, 2],
      });
      closeSync(fd);
      const [data] = await once(client, 'data');
      expect(String(data)).toBe('hello');
      client.destroy();
      expect(exitOf(pid)).toBe(3 << 8);
      expect(existsSync(path)).toBe(true);
    });
  });

  test('blocks, and is not inherited by other children', () => {
    inTemporaryFolder((folder) => {
      const fd = listenUnix(join(folder, 's'));
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
      expect(Number.parseInt(flags ?? '', 8) & 0o2004000).toBe(0o2000000);
      closeSync(fd);
    });
  });

  test('takes the place of what was there: a socket, a file, a link to nowhere', () => {
    inTemporaryFolder((folder) => {
      const path = join(folder, 's');
      writeFileSync(path, '');
      closeSync(listenUnix(path));
      closeSync(listenUnix(path));
      expect(lstatSync(path).isSocket()).toBe(true);
      const link = join(folder, 'link');
      symlinkSync('nowhere', link);
      closeSync(listenUnix(link));
      expect(lstatSync(link).isSocket()).toBe(true);
    });
  });

  test('that cannot be made is an error with its number, and leaves no file', () => {
    inTemporaryFolder((folder) => {
      expect(() => listenUnix(join(folder, 'none/s'))).toThrow('bind: ENOENT');
      mkdirSync(join(folder, 'directory'));
      expect(() => listenUnix(join(folder, 'directory'))).toThrow(/unlink: (EISDIR|EPERM)/);
      expect(() => listenUnix(join(folder, 'x'.repeat(108)))).toThrow('bind: ENAMETOOLONG');
      const path = join(folder, 's');
      expect(() => listenUnix(path, { owner: { uid: 2 ** 33, gid: 0 } })).toThrow('uid');
      expect(existsSync(path)).toBe(false);
    });
  });
});

describeAsRoot('the owner of a unix socket', () => {
  test('is set, or left where it is -1', () => {
    inTemporaryFolder((folder) => {
      const path = join(folder, 's');
      closeSync(listenUnix(path, { owner: { uid: 7, gid: 8 }, mode: 0o770 }));
      expect(lstatSync(path)).toMatchObject({ uid: 7, gid: 8 });
      closeSync(listenUnix(path, { owner: { uid: 7, gid: -1 } }));
      expect(lstatSync(path)).toMatchObject({ uid: 7, gid: process.getegid?.() });
    });
  });
});

describe('a port', () => {
  test.each(['127.0.0.1', 'localhost', ''])('on host %p can be connected to', async (host) => {
    const server = await serve(listenTcp(host, 0, 5));
    const client = connect(server.port, '127.0.0.1');
    await once(client, 'connect');
    expect(client.remotePort).toBe(server.port);
    client.destroy();
    await server.close();
  });

  test('is free at once when it was closed, and not before', async () => {
    const server = await serve(listenTcp('127.0.0.1', 0));
    expect(() => listenTcp('127.0.0.1', server.port)).toThrow('EADDRINUSE');
    const client = connect(server.port, '127.0.0.1');
    await once(client, 'connect');
    await server.close();
    closeSync(listenTcp('127.0.0.1', server.port));
    client.destroy();
  });

  test('on a host that is not known is an error of the resolver', () => {
    expect(() => listenTcp('no-such-host.invalid', 1)).toThrow(/^getaddrinfo: EAI_/);
    expect(() => listenTcp('192.0.2.1', 0)).toThrow('bind: EADDRNOTAVAIL');
  });
});

/** Takes the descriptor over, to learn its port. */
async function serve(fd: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((client) => client.destroy()).listen({ fd });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, close: async () => void (await once(server.close(), 'close')) };
}
