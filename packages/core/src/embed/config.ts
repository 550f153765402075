/** Configurations for a supervisor that is a guest in some program. */
import {
  loadConfig,
  loadConfigText,
  readConfigOptions,
  readProgram,
  resolvableByDefault,
} from '@tsvisor/config';
import type {
  ChannelConfig,
  Config,
  ConfigOptions,
  GroupConfig,
  ProcessConfig,
  ProgramOptions,
  ProgramSection,
  SupervisordConfig,
  Surroundings,
} from '@tsvisor/config';
import { groupById, groupByName, userById, userByName } from '@tsvisor/posix';

import type { HostOptions } from './options.ts';

type Handlers = Pick<HostOptions, 'resultHandlers'>;

/**
 * The configuration that typed options say.
 *
 * @throws {ConfigError} whose `option` is a path: `programs.web.stopSignal`
 */
export function configFrom(options: ConfigOptions, handlers: Handlers = {}): Config {
  return forGuest(readConfigOptions(options, surroundings(handlers)), false);
}

/**
 * The configuration of a supervisord.conf and what it includes.
 *
 * @throws {ConfigError} with `file`, `line`, `section`, `option`
 */
export function configFromFile(path: string, handlers: Handlers = {}): Config {
  const source = { ...surroundings(handlers), path, programName: 'supervisord', overrides: {} };
  return forGuest(loadConfig(source), true);
}

/**
 * The configuration of a text that could stand in a supervisord.conf.
 *
 * @param path what messages call it; `%(here)s` and includes are beside it
 * @throws {ConfigError} with `file`, `line`, `section`, `option`
 */
export function configFromText(
  text: string,
  path = 'supervisord.conf',
  handlers: Handlers = {},
): Config {
  return forGuest(loadConfigText(text, path, surroundings(handlers)), true);
}

/** The group that one program makes. @throws {ConfigError} */
export function groupOf(name: string, options: ProgramOptions, shared: Config): GroupConfig {
  const { environment } = shared.supervisord;
  return configFrom({ environment, programs: { [name]: options } }).groups[0]!;
}

/** The processes of a section that stands in no file, for a configuration. @throws {ConfigError} */
export function readGuestProgram(
  section: ProgramSection,
  { supervisord }: Config,
): readonly ProcessConfig[] {
  return readProgram(section, supervisord, surroundings({})).map((process) =>
    guestProcess(process, supervisord, false),
  );
}

/**
 * A guest changes neither the folder nor the umask of the program around, which `[supervisord]` may
 * set: each child gets them instead. And it leaves no files that nobody has asked for.
 */
function forGuest(config: Config, isFile: boolean): Config {
  const groups = config.groups.map((group) => ({
    ...group,
    processes: group.processes.map((one) => guestProcess(one, config.supervisord, isFile)),
  }));
  return { ...config, groups };
}

const guestProcess = (
  process: ProcessConfig,
  { directory, umask }: SupervisordConfig,
  isFile: boolean,
): ProcessConfig => ({
  ...process,
  directory: process.directory ?? directory,
  umask: process.umask ?? (isFile ? umask : null),
  stdout: inMemory(process.stdout),
  stderr: inMemory(process.stderr),
});

const inMemory = (channel: ChannelConfig): ChannelConfig =>
  channel.logfile.to === 'auto' ? { ...channel, logfile: { to: 'memory' } } : channel;

const surroundings = ({ resultHandlers = {} }: Handlers): Surroundings => ({
  environment: process.env,
  accounts: { userByName, userById, groupByName, groupById },
  resolvable: (kind, spec) =>
    kind === 'result_handler' && Object.hasOwn(resultHandlers, spec)
      ? true
      : resolvableByDefault(kind, spec),
});
