import type { BigIntStats } from 'node:fs';
import { chmodSync, chownSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Owner, UnixServerConfig } from '@tsvisor/core';

import { SocketError, alreadyListening, socketError } from './errors.ts';
import { listen } from './listen.ts';
import { isAnswered } from './stale.ts';

/** sun_path without its final zero byte. */
const LONGEST_PATH = 107;
const MAX_TRIES = 5;
const RETRY_MS = 300;

/** A socket in the file system, known by its inode. */
export interface SocketFile {
  readonly path: string;
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * Listens on a socket file that has its mode from birth. It is made under a name of this
 * process and linked to its place: the link is the lock between daemons that start together.
 *
 * @param report told, for stderr, which dead socket gives way
 * @throws {SocketError}
 */
export async function listenUnix(
  server: Server,
  config: UnixServerConfig,
  report: (line: string) => void,
): Promise<SocketFile> {
  const { file, mode, owner } = config;
  const ours = `${file}.${process.pid}`;
  if (Buffer.byteLength(ours) > LONGEST_PATH) {
    throw socketError(new Error('AF_UNIX path too long'), file);
  }
  try {
    unlinkIfThere(ours);
    await bind(server, ours, mode).catch((error: unknown) => tellWhy(error, file));
    try {
      if (owner !== null) changeOwner(ours, owner, file);
      const { dev, ino } = lstatSync(ours, { bigint: true });
      await takePlace(ours, file, report);
      return { path: file, device: dev, inode: ino };
    } finally {
      unlinkIfThere(ours);
    }
  } catch (error) {
    server.close();
    throw error instanceof SocketError ? error : socketError(error, file);
  }
}

/** Removes the file, unless another daemon has put its own there. */
export function removeSocketFile({ path, device, inode }: SocketFile): void {
  try {
    const found = lstatSync(path, { bigint: true });
    if (found.dev === device && found.ino === inode) unlinkSync(path);
  } catch {
    // Gone already, or its folder is: nothing is left to remove.
  }
}

async function bind(server: Server, path: string, mode: number): Promise<void> {
  // bind(2) happens within the call, not later, so nothing else of this thread sees this umask.
  const umask = process.umask(0o777 & ~mode);
  let listening: Promise<void>;
  try {
    listening = listen(server, { path });
  } finally {
    process.umask(umask);
  }
  await listening;
  // What umask(2) cannot give: the bits beyond 0777.
  if (mode > 0o777) chmodSync(path, mode);
}

/** libuv says EACCES where the folder is not there. */
function tellWhy(error: unknown, file: string): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES') lstatSync(dirname(file));
  throw error;
}

async function takePlace(
  ours: string,
  file: string,
  report: (line: string) => void,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      linkSync(ours, file);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') {
        if (exists(file)) throw error;
        // A file system without hard links: the rename is no lock, but all there is.
        renameSync(ours, file);
        return;
      }
      if (tries > MAX_TRIES) throw error;
    }
    await giveWay(ours, file, report);
  }
}

/** Removes what is in the place of a socket, if nobody listens there. */
async function giveWay(ours: string, file: string, report: (line: string) => void): Promise<void> {
  const found = look(file);
  if (found === undefined) return;
  if (found.isDirectory()) {
    throw new SocketError(`Cannot open an HTTP server: ${file} is a directory`);
  }
  if (await isAnswered(file)) throw alreadyListening(file);
  report(`Unlinking stale socket ${file}\n`);
  if (removeOnly(found, file, `${ours}.stale`)) await sleep(RETRY_MS);
}

/**
 * Others may be starting at the same moment, and have come as far as to link their own socket
 * there since we looked. No call removes a file only if it is still the same; so it is moved
 * aside, looked at, and put back if it is not.
 *
 * @returns whether it was still there
 */
function removeOnly(found: BigIntStats, file: string, aside: string): boolean {
  if (!isSame(found, look(file))) return false;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const isIt = isSame(found, look(aside));
  try {
    if (!isIt) linkSync(aside, file);
  } finally {
    unlinkSync(aside);
  }
  return isIt;
}

/** A number is given to a new file as soon as it is free; the time, set by bind(2), is not. */
const isSame = (one: BigIntStats, other: BigIntStats | undefined): boolean =>
  one.dev === other?.dev && one.ino === other.ino && one.mtimeNs === other.mtimeNs;

const look = (path: string): BigIntStats | undefined =>
  lstatSync(path, { bigint: true, throwIfNoEntry: false });

/** Before the file is in its place, so that nobody meets it with another owner. */
function changeOwner(made: string, { uid, gid }: Owner, file: string): void {
  try {
    chownSync(made, uid, gid ?? -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    throw new SocketError(
      `Not permitted to chown ${file} to uid/gid (${uid}, ${gid ?? -1}); adjust "sockchown" value in config file or on command line to values that the current user (${currentUser()}) can successfully chown`,
      { cause: error },
    );
  }
}

function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // No entry for this uid.
    return String(process.getuid?.());
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    // Whatever the reason, there is nothing to be replaced.
    return false;
  }
}
