import * as posix from '@tsvisor/posix';

import type { Kernel } from '../kernel.ts';

import { writePipe } from './pipe-sink.ts';
import { closeFd, readPipe } from './pipe-source.ts';

/** The operating system this runs on. */
export const posixKernel: Kernel = {
  spawn: (request) => posix.spawn(request),
  kill: (pid, signal) => void process.kill(pid, signal),
  waitAny: () => posix.waitAny(),
  waitFor: (pid) => posix.waitFor(pid),
  openPipe: (here, owner) => posix.openPipe(here, owner),
  closeFd,
  readPipe,
  writePipe,
};
