import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';

import { keepBytes } from './exec-block.ts';
import { getLimit } from './limits.ts';

/** What the launcher (packages/daemon/bin/tsvd) knows and Node hides, as it hands it over. */
const variables = {
  argv0: 'TSVISOR_ARGV0',
  nofile: 'TSVISOR_NOFILE',
  environ: 'TSVISOR_ENVIRON',
  bytes: 'TSVISOR_BYTES',
  oneArena: 'TSVISOR_ONE_ARENA',
} as const;

export interface Launch {
  /** The program's name as typed: $0 of the launcher, or the script that node was given. */
  readonly argv0: string;
  /** The soft limit on open files before Node raised it; Infinity is "unlimited". */
  readonly nofile: number;
  /** Variables that are not UTF-8, as `NAME=VALUE`: Node shows them damaged, children get them whole. */
  readonly bytes: readonly Buffer[];
}

/** See malloc(3): how many heaps the threads of a process may have. */
const ARENAS = 'MALLOC_ARENA_MAX';

/** Takes all of it out of the environment, so that no child sees it. Ask once, and first of all. */
export function takeLaunch(environment: NodeJS.ProcessEnv = process.env): Launch {
  restoreVariables(environment);
  if (take(environment, variables.oneArena) !== undefined) delete environment[ARENAS];
  const bytes = [...givenBytes(environment), ...ownBytes()];
  for (const one of bytes) keepBytes(shownOf(one, environment), one);
  return { argv0: takeArgv0(environment), nofile: takeInheritedNofile(environment), bytes };
}

/**
 * The same for a second process that the first one starts by way of Node: what to set in its
 * environment, or to leave out. Options for node are kept from it as the launcher does.
 */
export function launchVariables(
  { argv0, nofile, bytes }: Launch,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const hidden = environment['NODE_OPTIONS'] === undefined ? [] : ['PWD', 'NODE_OPTIONS'];
  const lines = hidden.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [`${name}=${value.replaceAll('\n', '\u0001')}`];
  });
  return {
    ...(environment[ARENAS] === undefined && { [ARENAS]: '1', [variables.oneArena]: '1' }),
    ...(lines.length > 0 && { NODE_OPTIONS: undefined, [variables.environ]: lines.join('\n') }),
    [variables.argv0]: argv0,
    [variables.nofile]: nofile === Infinity ? 'unlimited' : String(nofile),
    [variables.bytes]: bytes.map((one) => one.toString('base64')).join(' '),
  };
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

/**
 * The launcher's shell has set PWD where it was missing, has counted SHLVL and dropped names such as
 * `a.b`; the launcher itself has hidden NODE_OPTIONS from our node.
 */
function restoreVariables(environment: NodeJS.ProcessEnv): void {
  const given = take(environment, variables.environ);
  if (given === undefined) return;
  delete environment['PWD'];
  for (const line of given.split('\n')) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
    const was = value?.replaceAll('\u0001', '\n');
    if (name !== undefined && environment[name] !== was) environment[name] = was;
  }
}

function givenBytes(environment: NodeJS.ProcessEnv): Buffer[] {
  const given = take(environment, variables.bytes) ?? '';
  return given.split(' ').flatMap((text) => (text === '' ? [] : Buffer.from(text, 'base64')));
}

function ownBytes(): Buffer[] {
  try {
    const block = readFileSync('/proc/self/environ', 'latin1');
    return block
      .split('\0')
      .map((entry) => Buffer.from(entry, 'latin1'))
      .filter((entry) => !isUtf8(entry) && !entry.toString('latin1').startsWith('TSVISOR_'));
  } catch {
    return []; // no /proc
  }
}

/** What Node makes of it, by its name. */
function shownOf(entry: Buffer, environment: NodeJS.ProcessEnv): string {
  const name = entry.toString('utf8').split('=', 1)[0] as string;
  return `${name}=${environment[name] ?? ''}`;
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
