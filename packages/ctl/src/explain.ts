import type { Stats } from 'node:fs';

import { systemErrorCode } from './errors.ts';
import type { Server } from './remote.ts';

/** What is looked at to say why a daemon was not reached. */
export interface Surroundings {
  /** The configuration file that was read; null: none was found. */
  readonly configPath: string | null;
  stat(path: string): Stats | undefined;
  readFile(path: string): string | undefined;
  userName(uid: number): string;
  isAlive(pid: number): boolean;
  /** Whether the calling user may connect to the socket. */
  mayWrite(path: string): boolean;
}

/** Lines that say what was tried and what is there instead, when a daemon could not be reached. */
export function explanation(server: Server, error: unknown, around: Surroundings): string[] {
  const code = systemErrorCode(error);
  if (code === undefined) return [];
  const read = around.configPath;
  return [
    `tried ${server.url} (${code})`,
    ...(server.url.startsWith('unix://') ? aboutSocket(server.url.slice(7), around) : []),
    read === null ? 'no configuration file was found' : `configuration read: ${read}`,
    ...(read === null ? [] : aboutPidfile(read, around)),
  ].map((line) => `tsvctl: ${line}`);
}

function aboutSocket(path: string, around: Surroundings): string[] {
  const found = around.stat(path);
  if (found === undefined) return [`there is no file ${path}`];
  if (!found.isSocket()) return [`${path} is not a socket`];
  const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
  const line = `${path} is a socket of ${around.userName(found.uid)}, mode ${mode}`;
  if (!around.mayWrite(path)) return [line, 'this user may not connect to it'];
  return [line, 'nobody listens on it'];
}

function aboutPidfile(configPath: string, around: Surroundings): string[] {
  const text = around.readFile(configPath);
  const pidfile = text === undefined ? undefined : pidfileOf(text);
  // A name with expansions is the daemon's business.
  if (pidfile === undefined || pidfile.includes('%(')) return [];
  if (around.stat(pidfile) === undefined) return [`there is no pidfile ${pidfile}`];
  const pid = Number(around.readFile(pidfile)?.trim() || Number.NaN);
  if (!Number.isInteger(pid)) return [`there is no pid in ${pidfile}`];
  return [`${pidfile} says pid ${pid}, which ${around.isAlive(pid) ? 'is alive' : 'is not alive'}`];
}

/** The pidfile of `[supervisord]`, read without the rest of the grammar. */
function pidfileOf(text: string): string | undefined {
  const section = /^\[supervisord\][^\n]*\n((?:(?!\[)[^\n]*(?:\n|$))*)/m.exec(text)?.[1];
  return /^pidfile\s*[=:]\s*(\S+)/m.exec(section ?? '')?.[1];
}
