import { readerOf, type Context } from '../context.ts';
import { ConfigError } from '../errors.ts';
import { supervisordOptions } from '../options/supervisord.ts';
import { place, rowsOf } from '../options/table.ts';
import { absolute } from '../python/paths.ts';
import type { ServerConfig, SupervisordConfig, UserId } from '../types.ts';
import { hostInUrl } from '../values/address.ts';
import { readAbsolute } from '../values/paths.ts';
import type { World } from '../world.ts';

/** What the command line says, parsed; it wins over the file. */
export interface SupervisordOverrides extends Partial<
  Pick<
    SupervisordConfig,
    | 'minFds'
    | 'minProcs'
    | 'directory'
    | 'umask'
    | 'logfile'
    | 'logfileMaxBytes'
    | 'logfileBackups'
    | 'logLevel'
    | 'pidfile'
    | 'identifier'
    | 'noDaemon'
    | 'silent'
    | 'childLogDir'
    | 'noCleanup'
    | 'stripAnsi'
  >
> {
  /** As it was given: it is looked up once the file has been read. */
  readonly user?: string;
}

/** Everything of `[supervisord]` but what has to wait for the rest of the file. */
export type EarlySupervisord = Omit<SupervisordConfig, 'user' | 'serverUrl'> & {
  readonly user: string | null;
};

export function readSupervisord(
  context: Context,
  overrides: SupervisordOverrides,
): EarlySupervisord {
  const { sections, world } = context;
  const section = sections.get('supervisord');
  if (!section) {
    throw new ConfigError('.ini file does not include supervisord section', { file: context.path });
  }
  const forEnvironment = context.here.with({ host_node_name: world.hostName });
  const values = readerOf(context, section).table(supervisordOptions, (key) =>
    key === 'environment' ? forEnvironment : context.here,
  );
  values.childlogdir ??= temporaryFolder(world);
  const settings = {
    ...(place(supervisordOptions, values) as EarlySupervisord),
    path: context.path,
  };
  const result = { ...settings, ...given(overrides) };
  // An empty path on the command line counts as none.
  const logfile = overrides.logfile || settings.logfile;
  return {
    ...result,
    logfile: logfile === 'syslog' ? logfile : readAbsolute(logfile, world),
    pidfile: readAbsolute(overrides.pidfile || settings.pidfile, world),
  };
}

function given(overrides: SupervisordOverrides): object {
  return Object.fromEntries(
    rowsOf(supervisordOptions)
      .map(([, row]) => [row.to!, overrides[row.to as keyof SupervisordOverrides]] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** Where Python's tempfile would put a file: the first folder that can be written. */
function temporaryFolder(world: World): string {
  const { TMPDIR, TEMP, TMP } = world.environment;
  const named = [TMPDIR, TEMP, TMP].filter((path) => path !== undefined && path !== '');
  const folders = [...(named as string[]), '/tmp', '/var/tmp', '/usr/tmp', world.cwd].map((path) =>
    absolute(path, world.cwd),
  );
  // With none, nothing can be written anywhere, and the logs of programs stay in memory.
  return folders.find((path) => world.files.isWritableDirectory(path)) ?? '/tmp';
}

/** What is known only now: whom the daemon becomes, and where programs find it. */
export function finishSupervisord(
  early: EarlySupervisord,
  servers: readonly ServerConfig[],
  user: UserId | null,
): SupervisordConfig {
  return { ...early, user, serverUrl: serverUrl(servers) };
}

/** A unix socket before a TCP port, and the first of them. */
function serverUrl(servers: readonly ServerConfig[]): string | null {
  for (const server of servers) if (server.family === 'unix') return `unix://${server.file}`;
  for (const server of servers) {
    if (server.family === 'inet') {
      const scheme = server.tlsCert === null ? 'http' : 'https';
      return `${scheme}://${hostInUrl(server.host || 'localhost')}:${server.port}`;
    }
  }
  return null;
}
