import { join } from '../python/paths.ts';
import type { LogFile } from '../types.ts';
import { readPathInDirectory } from './paths.ts';
import type { ValueType } from './type.ts';

/** As the file says it. `syslog` is an old way to ask for `…_syslog=true`, an empty path for none. */
export type LogFileSetting = LogFile | { readonly to: 'syslog' };

const WORDS: Readonly<Record<string, LogFileSetting>> = {
  none: { to: 'none' },
  off: { to: 'none' },
  auto: { to: 'auto' },
  syslog: { to: 'syslog' },
};

/** Our own, under names that need no folder: written to as they are, never rotated. */
const STREAMS: Readonly<Record<string, string>> = {
  stdout: '/dev/stdout',
  stderr: '/dev/stderr',
};

export const logFile: ValueType<LogFileSetting> = {
  name: 'path in a directory that exists, AUTO or NONE',
  read(given, world) {
    if (Object.hasOwn(STREAMS, given)) return { to: 'file', path: STREAMS[given]! };
    const lower = given.toLowerCase();
    if (Object.hasOwn(WORDS, lower)) return WORDS[lower]!;
    return { to: 'file', path: readPathInDirectory(given, world) };
  },
  show(value, { cwd }) {
    switch (value.to) {
      case 'file':
        return value.path === '' ? null : join(cwd, value.path);
      case 'auto':
        return 'AUTO';
      case 'none':
      case 'memory':
      case 'syslog':
        return null;
    }
  },
  /** An active AUTO has become a file of its own; a new AUTO leaves any file as it is. */
  same(active, next) {
    if (next.to === 'auto') return true;
    const path = 'path' in next ? next.path : '';
    return active.to === next.to && ('path' in active ? active.path : '') === path;
  },
};
