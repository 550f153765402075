import { readFileSync } from 'node:fs';

import { getLimit } from './limits.ts';

/** What the launcher (packages/daemon/bin/tsvd) knows and Node hides, as it hands it over. */
const variables = { argv0: 'TSVISOR_ARGV0', nofile: 'TSVISOR_NOFILE', pwd: 'TSVISOR_PWD' } as const;

export interface Launch {
  /** The program's name as typed: $0 of the launcher, or the script that node was given. */
  readonly argv0: string;
  /** The soft limit on open files before Node raised it; Infinity is "unlimited". */
  readonly nofile: number;
}

/** Takes all of it out of the environment, so that no child sees it. Ask once, and first of all. */
export function takeLaunch(environment: NodeJS.ProcessEnv = process.env): Launch {
  restorePwd(environment);
  return { argv0: takeArgv0(environment), nofile: takeInheritedNofile(environment) };
}

/**
 * The soft limit on open files that this process was started with. Without a launcher, the best
 * guess: the limit of our parent, which is where it came from; without that, what the kernel
 * gives to pid 1.
 */
export function takeInheritedNofile(environment: NodeJS.ProcessEnv = process.env): number {
  const given = parseLimit(take(environment, variables.nofile));
  return given ?? softNofileOf(process.ppid) ?? Math.min(1024, getLimit('nofile').hard);
}

/** The launcher's shell has set PWD where it was missing or did not name the current folder. */
function restorePwd(environment: NodeJS.ProcessEnv): void {
  const given = take(environment, variables.pwd);
  if (given === '') delete environment['PWD'];
  else if (given?.startsWith('PWD=') === true) environment['PWD'] = given.slice('PWD='.length);
}

function takeArgv0(environment: NodeJS.ProcessEnv): string {
  return take(environment, variables.argv0) ?? process.argv[1] ?? process.argv0;
}

function take(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  delete environment[name];
  return value;
}

/** The words of `ulimit` and of /proc/PID/limits. */
function parseLimit(text: string | undefined): number | undefined {
  if (text === 'unlimited') return Infinity;
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** Undefined for the parent outside our pid namespace, which has pid 0. */
function softNofileOf(pid: number): number | undefined {
  try {
    const limits = readFileSync(`/proc/${pid}/limits`, 'latin1');
    return parseLimit(/^Max open files +(\S+)/m.exec(limits)?.[1]);
  } catch {
    return undefined; // ENOENT: gone, outside, or no /proc
  }
}
