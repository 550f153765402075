/** A configuration as `--print-config` shows it: everything in force, under the options' own names. */
import { eventListenerOptions, groupOptions } from './options/groups.ts';
import { everyOption } from './options/program.ts';
import { inetServerOptions, unixServerOptions } from './options/servers.ts';
import { supervisordOptions } from './options/supervisord.ts';
import { rowsOf, valueIn, type Row } from './options/table.ts';
import type {
  Config,
  FcgiSocketConfig,
  GroupConfig,
  ProcessConfig,
  ServerConfig,
} from './types.ts';
import { hostInUrl } from './values/address.ts';
import { octal } from './values/plain.ts';

type Description = Readonly<Record<string, unknown>>;

/** Relative paths are shown in `cwd`. */
export function describeConfig(config: Config, cwd: string): Description {
  const { supervisord, servers, rpcInterfaces, groups, messages } = config;
  return {
    supervisord: {
      ...describeOptions(supervisordOptions, supervisord, cwd),
      serverurl: supervisord.serverUrl,
    },
    servers: servers.map((server) => describeServer(server, cwd)),
    rpcinterfaces: rpcInterfaces,
    groups: groups.map((group) => describeGroup(group, cwd)),
    messages,
  };
}

function describeServer(server: ServerConfig, cwd: string): Description {
  const { section, family, username, password } = server;
  const common = { section, family, username, password };
  if (server.family === 'unix') {
    return { ...common, ...describeOptions(unixServerOptions, server, cwd) };
  }
  const { extensions } = describeOptions(inetServerOptions, server, cwd);
  return { ...common, host: hostInUrl(server.host), port: server.port, extensions };
}

function describeGroup(group: GroupConfig, cwd: string): Description {
  const common = {
    name: group.name,
    type: group.type,
    processes: group.processes.map((process) => describeProcess(process, cwd)),
  };
  switch (group.type) {
    case 'program':
      return { ...common, ...describeOptions(groupOptions, group, cwd) };
    case 'eventlistener':
      return { ...common, ...describeOptions(eventListenerOptions, group, cwd) };
    case 'fcgi-program':
      return {
        ...common,
        ...describeOptions(groupOptions, group, cwd),
        ...describeSocket(group.socket),
      };
  }
}

function describeProcess(process: ProcessConfig, cwd: string): Description {
  return { name: process.name, ...describeOptions(everyOption, process, cwd) };
}

function describeSocket(socket: FcgiSocketConfig): Description {
  const owner = socket.family === 'unix' ? socket.owner : null;
  return {
    socket: socketUrl(socket),
    socket_owner: owner && [owner.uid, owner.gid ?? -1],
    socket_mode: socket.family === 'unix' ? octal.show!(socket.mode, { cwd: '' }) : null,
    socket_backlog: socket.backlog,
  };
}

export function socketUrl(socket: FcgiSocketConfig): string {
  return socket.family === 'unix' ? `unix://${socket.path}` : `tcp://${socket.host}:${socket.port}`;
}

/** The options of a table that have a place in the config; those that supervisord does not know apart. */
function describeOptions(table: object, config: object, cwd: string): Description {
  const shown: Record<string, unknown> = {};
  const extensions: Record<string, unknown> = {};
  for (const [key, row] of rowsOf(table as Record<string, unknown>)) {
    if (row.to === undefined) continue;
    (row.isOwn ? extensions : shown)[key] = describeValue(row, valueIn(config, row), cwd);
  }
  return Object.keys(extensions).length > 0 ? { ...shown, extensions } : shown;
}

function describeValue(row: Row, value: unknown, cwd: string): unknown {
  return value === null || !row.type.show ? value : row.type.show(value, { cwd });
}
