// The documents that --json prints. docs/reference/ctl-json.md describes them; whoever reads
// them counts on `version`: members may be added, none is renamed or removed without a new one.
import type { ListenerInfo } from '@tsvisor/rpc';

import { nameOf } from '../names.ts';
import type { ConfigInfo, ProcessInfo } from '../remote.ts';
import { listenerOf } from './listeners.ts';
import type { Listeners } from './listeners.ts';

const version = 1;

interface NameError {
  readonly name: string;
  readonly reason: string;
}

export function processDocument(
  infos: readonly ProcessInfo[],
  errors: readonly NameError[],
  listeners: Listeners,
): object {
  const processes = infos.map((info) => ({
    ...processEntry(info),
    listener: listenerEntry(listenerOf(listeners, info)),
  }));
  return { version, processes, errors };
}

function listenerEntry(info: ListenerInfo | undefined): object | null {
  if (info === undefined) return null;
  const { listenerstate: state, buffered, buffer_size: bufferSize, discarded } = info;
  return { state, buffered, bufferSize, discarded };
}

function processEntry(info: ProcessInfo): object {
  return {
    name: nameOf(info),
    group: info.group,
    process: info.name,
    state: info.statename,
    stateCode: info.state,
    pid: info.pid === 0 ? null : info.pid,
    description: info.description,
    startedAt: timestamp(info.start),
    stoppedAt: timestamp(info.stop),
    uptimeSeconds: info.statename === 'RUNNING' ? Math.max(0, info.now - info.start) : null,
    exitStatus: info.exitstatus,
    spawnError: info.spawnerr === '' ? null : info.spawnerr,
    stdoutLog: info.stdout_logfile === '' ? null : info.stdout_logfile,
    stderrLog: info.stderr_logfile === '' ? null : info.stderr_logfile,
  };
}

/** Seconds since 1970 as ISO 8601 text; null for never. */
function timestamp(seconds: number): string | null {
  return seconds === 0 ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function configDocument(infos: readonly ConfigInfo[]): object {
  return {
    version,
    programs: infos.map((info) => ({
      name: nameOf(info),
      group: info.group,
      process: info.name,
      inUse: info.inuse,
      autostart: info.autostart,
      groupPriority: info.group_prio,
      processPriority: info.process_prio,
    })),
  };
}

export function daemonPidDocument(pid: number): object {
  return { version, supervisor: pid };
}

export interface NamedPid {
  readonly name: string;
  readonly pid: number;
}

export function pidDocument(pids: readonly NamedPid[], errors: readonly NameError[]): object {
  const processes = pids.map(({ name, pid }) => ({ name, pid: pid === 0 ? null : pid }));
  return { version, processes, errors };
}

export function versionDocument(supervisor: string): object {
  return { version, supervisor };
}

export function rereadDocument(
  available: readonly string[],
  changed: readonly string[],
  disappeared: readonly string[],
): object {
  return { version, available, changed, disappeared };
}
