import {
  posix_spawn_file_actions_addchdir,
  posix_spawn_file_actions_adddup2,
  posix_spawn_file_actions_destroy,
  posix_spawn_file_actions_init,
  posix_spawnattr_init,
  posix_spawnattr_setflags,
  posix_spawnattr_setpgroup,
  posix_spawnattr_setsigdefault,
  posix_spawnattr_setsigmask,
} from './libc.ts';

// The two opaque structs of posix_spawn(3): 336 and 80 bytes in glibc and musl alike.
const roomy = 512;

const POSIX_SPAWN_SETPGROUP = 2;
const POSIX_SPAWN_SETSIGDEF = 4;
const POSIX_SPAWN_SETSIGMASK = 8;

const signalSetBytes = 128;

let attributes: Buffer | undefined;

/**
 * The same for every child: a process group of its own in our session, every signal at its
 * default, none blocked. Node ignores SIGPIPE, and a runtime may block some.
 */
export function childAttributes(): Buffer {
  if (attributes === undefined) {
    attributes = Buffer.alloc(roomy);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(
      attributes,
      POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK,
    );
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigdefault(attributes, Buffer.alloc(signalSetBytes, 0xff));
    posix_spawnattr_setsigmask(attributes, Buffer.alloc(signalSetBytes));
  }
  return attributes;
}

const fileActions = Buffer.alloc(roomy);

/**
 * Runs with the list of what the child does to itself before exec: its three descriptors, which
 * must all be above 2, and its directory.
 */
export function withFileActions<T>(
  stdio: readonly number[],
  directory: string | null,
  run: (actions: Buffer) => T,
): T {
  posix_spawn_file_actions_init(fileActions);
  try {
    stdio.forEach((fd, target) => posix_spawn_file_actions_adddup2(fileActions, fd, target));
    if (directory !== null) posix_spawn_file_actions_addchdir?.(fileActions, directory);
    return run(fileActions);
  } finally {
    posix_spawn_file_actions_destroy(fileActions);
  }
}

/** False in glibc before 2.29 and musl before 1.1.24. */
export const childCanChangeDirectory = posix_spawn_file_actions_addchdir !== undefined;
