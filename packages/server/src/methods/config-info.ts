import type { ChannelConfig, GroupConfig, ProcessConfig, Supervisor } from '@tsvisor/core';
import { maxInt } from '@tsvisor/rpc';
import type { ConfigInfo } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { compare } from './order.ts';

export const configInfoMethods: MethodHandlers<'getAllConfigInfo'> = {
  getAllConfigInfo: ({ supervisor }) => describeAll(supervisor),
};

/** Whoever may only look does not see the secrets of commands. */
export const discreetConfigInfo: MethodHandlers<'getAllConfigInfo'> = {
  async getAllConfigInfo({ supervisor }) {
    const { latestConfig } = await import('../api/effective-config.ts');
    const shown = latestConfig(supervisor, 'readonly').groups;
    const commands = new Map(
      shown.flatMap((group) =>
        group.processes.map(({ name, command }) => [`${group.name}:${name}`, String(command)]),
      ),
    );
    return describeAll(supervisor).map((info) => ({
      ...info,
      command: commands.get(`${info.group}:${info.name}`) ?? '',
    }));
  },
};

const describeAll = (supervisor: Supervisor): Required<ConfigInfo>[] =>
  supervisor.config.groups
    .flatMap((group) => group.processes.map((process) => describe(supervisor, group, process)))
    .toSorted((one, other) => compare(one.name, other.name));

/** The settings of a program as clients see them, in this order (rpc.md §13). */
function describe(
  supervisor: Supervisor,
  group: GroupConfig,
  config: ProcessConfig,
): Required<ConfigInfo> {
  const { stdout, stderr } = config;
  return {
    autostart: config.autostart,
    autorestart: config.autorestart,
    directory: config.directory ?? NONE,
    uid: config.user?.uid ?? NONE,
    command: config.command,
    exitcodes: config.exitCodes,
    group: group.name,
    group_prio: int(group.priority),
    inuse: supervisor.group(group.name) !== undefined,
    killasgroup: config.killAsGroup,
    name: config.name,
    process_prio: int(config.priority),
    redirect_stderr: config.redirectStderr,
    startretries: int(config.startRetries),
    startsecs: int(config.startSeconds),
    stdout_capture_maxbytes: int(stdout.captureMaxBytes),
    stdout_events_enabled: stdout.eventsEnabled,
    stdout_logfile: logfile(supervisor, group, config, 'stdout'),
    stdout_logfile_backups: int(stdout.backups),
    stdout_logfile_maxbytes: int(stdout.maxBytes),
    stdout_syslog: stdout.syslog,
    stopsignal: config.stopSignal,
    stopwaitsecs: int(config.stopWaitSeconds),
    stderr_capture_maxbytes: int(stderr.captureMaxBytes),
    stderr_events_enabled: stderr.eventsEnabled,
    stderr_logfile: logfile(supervisor, group, config, 'stderr'),
    stderr_logfile_backups: int(stderr.backups),
    stderr_logfile_maxbytes: int(stderr.maxBytes),
    stderr_syslog: stderr.syslog,
    serverurl: config.serverUrl ?? NONE,
  };
}

/** How what is not set looks on the wire. */
const NONE = 'none';

/** A log of the daemon's own choice is known of what is active, until the file is read again. */
function logfile(
  supervisor: Supervisor,
  group: GroupConfig,
  config: ProcessConfig,
  channel: 'stdout' | 'stderr',
): string {
  const { logfile: log }: ChannelConfig = config[channel];
  if (log.to === 'none') return NONE;
  if (log.to === 'file') return log.path;
  const active = supervisor.group(group.name)?.process(config.name);
  return (active?.config === config ? active.log(channel).path : null) ?? 'auto';
}

const int = (value: number): number => Math.trunc(Math.min(value, maxInt));
