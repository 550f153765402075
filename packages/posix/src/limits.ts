import { SystemCallError } from './errno.ts';
import { getrlimit, lastErrno, prlimit, setrlimit } from './libc.ts';

/** The numbers of setrlimit(2). */
const resources = { nproc: 6, nofile: 7 } as const;
export type LimitName = keyof typeof resources;

/** Infinity is "unlimited". */
export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

const RLIM_INFINITY = 0xffff_ffff_ffff_ffffn;

export function getLimit(name: LimitName): Limit {
  const limit = new BigUint64Array(2);
  if (getrlimit(resources[name], limit) < 0) throw new SystemCallError('getrlimit', lastErrno());
  const [soft, hard] = limit as unknown as [bigint, bigint];
  return { soft: fromKernel(soft), hard: fromKernel(hard) };
}

/**
 * Sets both limits of this process.
 * @throws {SystemCallError} EPERM to raise the hard one without privilege, EINVAL if soft > hard
 */
export function setLimit(name: LimitName, limit: Limit): void {
  if (setrlimit(resources[name], toKernel(limit)) < 0)
    throw new SystemCallError('setrlimit', lastErrno());
}

/** Sets both limits of another process of ours; one that is gone by now is no error. */
export function setLimitOf(pid: number, name: LimitName, limit: Limit): void {
  prlimit(pid, resources[name], toKernel(limit), null);
}

/**
 * Runs with another soft limit on open files, which a child started meanwhile keeps. A file that
 * another thread opens in that time may meet the lower limit (EMFILE); descriptors that are open
 * already are not affected.
 */
export function withSoftNofile<T>(soft: number | undefined, run: () => T): T {
  if (soft === undefined) return run();
  const own = getLimit('nofile');
  const wanted = Math.min(soft, own.hard);
  if (wanted === own.soft) return run();
  setLimit('nofile', { soft: wanted, hard: own.hard });
  try {
    return run();
  } finally {
    setLimit('nofile', own);
  }
}

function fromKernel(value: bigint): number {
  return value === RLIM_INFINITY ? Infinity : Number(value);
}

function toKernel({ soft, hard }: Limit): BigUint64Array {
  return BigUint64Array.of(
    ...[soft, hard].map((value) => (value === Infinity ? RLIM_INFINITY : BigInt(value))),
  );
}
