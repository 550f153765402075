// A daemon with all the ways in, and what it holds of the system.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Running, Sandbox } from '../support/sandbox.ts';
import type { Where } from './wire.ts';

export interface Attacked {
  readonly daemon: Running;
  readonly pid: number;
  readonly unix: Where;
  readonly tcp: Where;
  /** Wants user:secret. */
  readonly guarded: Where;
}

const HOST = '127.0.0.1';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

/** Starts a daemon in the sandbox that is reached by a socket file, a port, and one with a password. */
export async function startAttacked(
  sandbox: Sandbox,
  programs: string,
  supervisord = '',
): Promise<Attacked> {
  const open = await freePort();
  const closed = await freePort();
  sandbox.configure(
    `[inet_http_server:open]
port=${HOST}:${open}
[inet_http_server:guarded]
port=${HOST}:${closed}
username=user
password=secret
${programs}`,
    supervisord,
  );
  const daemon = await sandbox.startDaemon();
  return {
    daemon,
    pid: Number(sandbox.read('d.pid')),
    unix: { path: sandbox.path('s.sock') },
    tcp: { host: HOST, port: open },
    guarded: { host: HOST, port: closed },
  };
}

export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Resident memory in MiB. */
export const memoryOf = (pid: number): number => mebibytes(pid, 'VmRSS');

/** The most it ever was. */
export const peakMemoryOf = (pid: number): number => mebibytes(pid, 'VmHWM');

function mebibytes(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
}
