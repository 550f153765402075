import { StartError } from './errors.ts';

export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

/** The two limits that a start makes sure of, and the texts in which it fails to (daemon.md §4). */
const limits = {
  nofile: {
    name: 'RLIMIT_NOFILE',
    refusal: (minimum: number, allowed: number) =>
      `The minimum number of file descriptors required to run this process is ${minimum} as per the "minfds" command-line argument or config file setting. The current environment will only allow you to open ${allowed} file descriptors.  Either raise the number of usable file descriptors in your environment (see README.rst) or lower the minfds setting in the config file to allow the process to start.`,
  },
  nproc: {
    name: 'RLIMIT_NPROC',
    refusal: (minimum: number, allowed: number) =>
      `The minimum number of available processes required to run this program is ${minimum} as per the "minprocs" command-line argument or config file setting. The current environment will only allow you to open ${allowed} processes.  Either raise the number of usable processes in your environment (see README.rst) or lower the minprocs setting in the config file to allow the program to start.`,
  },
} as const;

export type LimitName = keyof typeof limits;

/** The limits of this process: the kernel's, or a test's. */
export interface LimitAccess {
  get(name: LimitName): Limit;
  set(name: LimitName, limit: Limit): void;
  /** The soft limit on open files that children start with. */
  setChildNofile(soft: number): void;
}

export interface LimitRequest {
  readonly minFds: number;
  readonly minProcs: number;
  /**
   * The soft limit on open files that we were started with: Node has raised its own to the hard
   * one before any of our code ran. Undefined: unknown, ours counts.
   */
  readonly inheritedNofile: number | undefined;
}

/**
 * Sees to it that the limits are at least the minimums. Children get what they would get under
 * supervisord: the inherited limit, raised to the minimum; the daemon keeps its own high one.
 *
 * @returns the lines for the main log, level info
 * @throws {StartError} the environment does not allow as much
 */
export function ensureLimits(request: LimitRequest, access: LimitAccess): string[] {
  const lines: string[] = [];

  const own = access.get('nofile');
  const inherited = { soft: request.inheritedNofile ?? own.soft, hard: own.hard };
  const files = raised(inherited, request.minFds);
  if (files) {
    // Our own soft limit is the hard one already, and is never lowered.
    change('nofile', { soft: Math.max(own.soft, files.soft), hard: files.hard }, files, access);
    lines.push(increased('nofile', request.minFds));
  }
  access.setChildNofile((files ?? inherited).soft);

  const processes = raised(access.get('nproc'), request.minProcs);
  if (processes) {
    change('nproc', processes, processes, access);
    lines.push(increased('nproc', request.minProcs));
  }
  return lines;
}

/** What the limit must become; undefined if it is enough. An unlimited one is Infinity. */
function raised(limit: Limit, minimum: number): Limit | undefined {
  if (limit.soft >= minimum) return undefined;
  return { soft: minimum, hard: Math.max(limit.hard, minimum) };
}

/** `wanted` is what supervisord would set: its hard limit, raised or not, stands in the refusal. */
function change(name: LimitName, limit: Limit, wanted: Limit, access: LimitAccess): void {
  const now = access.get(name);
  if (now.soft === limit.soft && now.hard === limit.hard) return;
  try {
    access.set(name, limit);
  } catch (cause) {
    throw new StartError(limits[name].refusal(wanted.soft, wanted.hard), { cause });
  }
}

const increased = (name: LimitName, minimum: number): string =>
  `Increased ${limits[name].name} limit to ${minimum}`;
