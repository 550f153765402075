import type { FcgiSocketConfig } from '@tsvisor/config';
import * as posix from '@tsvisor/posix';

import { systemClock } from '../clock.ts';
import type { Kernel } from '../kernel.ts';
import { attend } from './attendance.ts';
import { writePipe } from './pipe-sink.ts';
import { closeFd, readPipe } from './pipe-source.ts';
import { StayAwake } from './stay-awake.ts';

const awake = new StayAwake(systemClock);

/** The operating system this runs on. */
export const posixKernel: Kernel = {
  spawn: (request) => posix.spawn(request),
  kill: (pid, signal) => posix.kill(pid, signal),
  waitAny: () => posix.waitAny(),
  waitFor: (pid) => posix.waitFor(pid),
  openPipe: (here, owner) => posix.openPipe(here, owner),
  closeFd,
  listen,
  get isInit() {
    return process.pid === 1;
  },
  leftovers: () => posix.leftovers(),
  processes: () => posix.processTable(),
  syslog: (text) => posix.syslog(text),
  sendNow: (fd, data) => posix.sendNow(fd, data),
  readPipe,
  writePipe,
  attend,
  stayAwake: () => awake.awhile(),
};

function listen(socket: FcgiSocketConfig): number {
  if (socket.family === 'tcp') {
    return posix.listenTcp(socket.host, socket.port, socket.backlog ?? undefined);
  }
  const { owner, mode, backlog } = socket;
  return posix.listenUnix(socket.path, {
    mode,
    backlog: backlog ?? undefined,
    owner: owner === null ? undefined : { uid: owner.uid, gid: owner.gid ?? -1 },
  });
}
