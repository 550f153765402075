import { closeSync, constants, openSync } from 'node:fs';

import { actAs, identityOf } from './credentials.ts';
import type { UserRequest } from './credentials.ts';
import { copyAboveStdio } from './descriptors.ts';
import { SystemCallError, errnoName } from './errno.ts';
import { layOut } from './exec-block.ts';
import type { ExecBlock } from './exec-block.ts';
import { access, chdir, fchdir, lastErrno, posix_spawn } from './libc.ts';
import { getLimit, setLimitOf, withSoftNofile } from './limits.ts';
import { childAttributes, childCanChangeDirectory, withFileActions } from './spawn-settings.ts';
import { pidOfStandIn } from './stand-in.ts';
import { lastWords } from './stillborn.ts';
import type { Failure } from './stillborn.ts';

export interface SpawnRequest {
  /** The file to execute; argv[0] may be another text. */
  readonly file: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string | null;
  readonly umask: number | null;
  readonly user: UserRequest | null;
  /** What the child gets as 0, 1 and 2. */
  readonly stdio: readonly [number, number, number];
}

export interface Spawned {
  readonly pid: number;
  /**
   * Set when the child got no further than the named step (process.md §5): `text` is what
   * belongs on its stderr. It is to be waited for as any other, and whatever its status is then, it
   * counts as having exited with 127.
   */
  readonly stillborn?: { readonly text: string };
}

let childNofile: number | undefined;

/**
 * The soft limit on open files that children get from now on, at most the hard one; undefined:
 * whatever ours is. Node raises its own before any JavaScript runs.
 */
export function setChildNofile(soft: number | undefined): void {
  childNofile = soft;
}

/**
 * Starts a child: own process group, default signals, three descriptors and no others, the limit
 * of setChildNofile. A relative `file` is looked up in the child's directory; there is no search
 * on PATH and no shell for a script without `#!`. Returns once it runs, or could not.
 *
 * @throws {SystemCallError} EAGAIN, ENOMEM: no child came to be; EBADF: stdio names no open file
 */
export function spawn(request: SpawnRequest): Spawned {
  return spawnBy(request, childCanChangeDirectory ? 'child' : 'parent');
}

/** Who changes the directory: the child where libc can make it, or we do for a moment. */
export type DirectoryChange = 'child' | 'parent';

export function spawnBy(request: SpawnRequest, change: DirectoryChange): Spawned {
  const outcome = attempt(request, change);
  if (typeof outcome === 'number') return { pid: outcome };
  return { pid: pidOfStandIn(), stillborn: { text: lastWords(outcome) } };
}

/** A running child's pid, or why there is none. */
type Outcome = number | Failure;

function attempt(request: SpawnRequest, change: DirectoryChange): Outcome {
  if (holdsNul(request)) return { stage: 'exec', word: request.argv[0] ?? '', why: 'EINVAL' };
  const { directory, environment, umask, user } = request;
  return withStdioAbove2(request.stdio, (stdio) =>
    withFileActions(stdio, change === 'child' ? directory : null, (actions) => {
      const block = layOut(request.file, request.argv, environment);
      const start = (): Outcome =>
        withWorkingDirectoryKept(change === 'parent' && directory !== null, () =>
          withUmask(umask, () => asUser(user, () => execute(request, change, actions, block))),
        );
      return withChildNofile(start);
    }),
  );
}

/** What only the thread that has become the user may do: as little as possible. */
function execute(
  request: SpawnRequest,
  change: DirectoryChange,
  actions: Buffer,
  block: ExecBlock,
): Outcome {
  const { directory } = request;
  if (change === 'parent' && directory !== null && chdir(directory) < 0) {
    return { stage: 'chdir', directory, why: errnoName(lastErrno()) };
  }
  const errno = posix_spawn(
    pidOfChild,
    block.file,
    actions,
    childAttributes(),
    block.argv,
    block.envp,
  );
  if (errno === 0) return pidOfChild[0] as number;
  if (errno === EBADF || errno === EMFILE) throw new SystemCallError('posix_spawn', errno);
  // Which step it was is not told. The directory comes first; what is left is exec, or fork:
  // that one is found out by the stand-in, which cannot be made then either.
  if (change === 'child' && directory !== null && access(withinItself(directory), F_OK) < 0) {
    return { stage: 'chdir', directory, why: errnoName(lastErrno()) };
  }
  return { stage: 'exec', word: request.argv[0] ?? '', why: errnoName(errno) };
}

const EBADF = 9;
const EMFILE = 24;
const F_OK = 0;
const pidOfChild = new Int32Array(1);

/** Found exactly if chdir(2) would work: it must be a directory, and we must be allowed into it. */
function withinItself(directory: string): string {
  return directory === '' ? '' : `${directory}/.`;
}

/** A C string ends there: something other than what was asked for would be started. */
function holdsNul({ file, argv, environment, directory }: SpawnRequest): boolean {
  const texts = [
    file,
    ...argv,
    directory ?? '',
    ...Object.keys(environment),
    ...Object.values(environment),
  ];
  return texts.some((text) => text.includes('\0'));
}

/**
 * dup2 onto 0 must not close what is to become 1; and dup2 of a number onto itself leaves it
 * close-on-exec in older libcs. Neither arises when all three numbers are above 2.
 */
function withStdioAbove2<T>(stdio: readonly number[], run: (stdio: readonly number[]) => T): T {
  const copies = new Map<number, number>();
  try {
    for (const fd of stdio) if (fd <= 2 && !copies.has(fd)) copies.set(fd, copyAboveStdio(fd));
    return run(stdio.map((fd) => copies.get(fd) ?? fd));
  } finally {
    for (const copy of copies.values()) closeSync(copy);
  }
}

/**
 * musl's posix_spawn opens a pipe, which a limit below the number of our own files forbids. Such
 * a child is limited from outside instead, an instant after it has begun.
 */
function withChildNofile(start: () => Outcome): Outcome {
  try {
    return withSoftNofile(childNofile, start);
  } catch (error) {
    if (childNofile === undefined || !(error instanceof SystemCallError) || error.errno !== EMFILE)
      throw error;
    const outcome = start();
    const { hard } = getLimit('nofile');
    if (typeof outcome === 'number')
      setLimitOf(outcome, 'nofile', { soft: Math.min(childNofile, hard), hard });
    return outcome;
  }
}

/** The mask is the whole process's: a file that another thread makes meanwhile gets it too. */
function withUmask<T>(umask: number | null, run: () => T): T {
  if (umask === null) return run();
  const own = process.umask(umask);
  try {
    return run();
  } finally {
    process.umask(own);
  }
}

/** For the libc whose child cannot: a relative path used by another thread meanwhile goes astray. */
function withWorkingDirectoryKept<T>(changes: boolean, run: () => T): T {
  if (!changes) return run();
  const own = openSync('.', O_PATH | constants.O_DIRECTORY);
  try {
    return run();
  } finally {
    fchdir(own);
    closeSync(own);
  }
}

const O_PATH = 0o10000000;

function asUser(user: UserRequest | null, run: () => Outcome): Outcome {
  const own = process.getuid?.();
  if (user === null || user.uid === own) return run();
  const refused = (why: string): Failure => ({ stage: 'setuid', uid: user.uid, why });
  if (own !== 0) return refused("Can't drop privilege as nonroot user");
  const outcome = actAs(identityOf(user), run);
  return 'done' in outcome ? outcome.done : refused(outcome.refused);
}
