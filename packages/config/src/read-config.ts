import type { Context } from './context.ts';
import { readerOf } from './context.ts';
import { ConfigError } from './errors.ts';
import { readFiles, readMainFile, type Reading } from './include.ts';
import { Names } from './names.ts';
import { controlOptions } from './options/control.ts';
import { supervisordOptions } from './options/supervisord.ts';
import { place } from './options/table.ts';
import { dirname } from './python/paths.ts';
import type { Sections } from './reader/sections.ts';
import { readGroups } from './sections/groups.ts';
import { readControlPlugins, readRpcInterfaces } from './sections/plugins.ts';
import { processMeant } from './sections/process-meant.ts';
import { readServers } from './sections/servers.ts';
import {
  finishSupervisord,
  readSupervisord,
  type EarlySupervisord,
  type SupervisordOverrides,
} from './sections/supervisord.ts';
import type { ConfigOptions } from './typed/options.ts';
import { calledInCode, ORIGIN, sectionsOf } from './typed/sections.ts';
import type { Config, ControlConfig, GroupConfig, UserId } from './types.ts';
import { readAbsolute } from './values/paths.ts';
import type { World } from './world.ts';

/** More variables for `%(ENV_X)s`. */
type Remembered = Readonly<Record<string, string>>;

export interface ReadOptions {
  readonly overrides: SupervisordOverrides;
  /** A reread does not look `[supervisord] user` up: it cannot change any more. */
  readonly isReread: boolean;
  readonly remembered: Remembered;
}

/** Reads what `path` holds and includes, in the order that decides which error is reported. */
export function readConfig(
  path: string,
  world: World,
  options: ReadOptions,
): { config: Config; reading: Reading } {
  const environment = namesOfEnvironment(world, options.remembered);
  const reading = readFiles(path, world, environment);
  return { config: configOf(reading, { path, world, environment, options }), reading };
}

/**
 * Reads what code says instead of a file.
 *
 * @throws {ConfigError} whose `option` is the path of an option in code
 */
export function readTyped(given: ConfigOptions, world: World): Config {
  const sections = sectionsOf(given);
  const environment = namesOfEnvironment(world, {});
  const options = { overrides: {}, isReread: false, remembered: {} };
  const reading = { sections, here: world.cwd, warnings: [], infos: [] };
  try {
    return configOf(reading, { path: ORIGIN, world, environment, options });
  } catch (error) {
    if (!(error instanceof ConfigError) || error.section === undefined) throw error;
    const option = calledInCode(error.section, error.option);
    const place = { file: ORIGIN, section: error.section, option };
    // Where it is, is said by the path.
    const what = error.message.replace(/ in section '.*' \(file: '.*'\)$/s, '');
    throw new ConfigError(`${option}: ${what}`, place, error);
  }
}

function configOf(
  reading: Reading,
  source: Pick<Context, 'path' | 'world' | 'environment'> & { readonly options: ReadOptions },
): Config {
  const { path, world, environment, options } = source;
  const context: Context = {
    path,
    world,
    sections: reading.sections,
    environment,
    here: environment.with({ here: reading.here }),
    warnings: reading.warnings,
  };
  const early = readSupervisord(context, options.overrides);
  environment.addEnvironment(early.environment);
  const rpcInterfaces = readRpcInterfaces(context);
  const groups = readGroups(context).map((group) => withEnvironment(group, early.environment));
  const named = withProcessesMeant(early, groups, path);
  const servers = readServers(context);
  const user = readDaemonUser(context, early, options.isReread);
  return {
    supervisord: finishSupervisord(named, servers, user),
    servers,
    rpcInterfaces,
    groups,
    messages: { critical: [], warn: context.warnings, info: reading.infos },
  };
}

/** What stands in the file and in those that it includes, whether or not it can be used. */
export function readSections(path: string, world: World, remembered: Remembered): Sections {
  return readFiles(path, world, namesOfEnvironment(world, remembered)).sections;
}

function namesOfEnvironment(world: World, remembered: Remembered): Names {
  const names = new Names();
  names.addEnvironment({ ...world.environment, ...remembered });
  return names;
}

/** Some options name processes, which are known only now. */
function withProcessesMeant(
  early: EarlySupervisord,
  groups: readonly GroupConfig[],
  file: string,
): EarlySupervisord {
  const meant = (given: string, option: string): string =>
    processMeant(given, groups, { file, option });
  return {
    ...early,
    exitCodeFrom: early.exitCodeFrom && meant(early.exitCodeFrom, 'exit_code_from'),
    forwardSignals: early.forwardSignals.map(({ signal, process }) => ({
      signal,
      process: meant(process, 'forward_signals'),
    })),
  };
}

function readDaemonUser(
  context: Context,
  { user }: EarlySupervisord,
  isReread: boolean,
): UserId | null {
  const reader = readerOf(context, context.sections.get('supervisord')!);
  try {
    return reader.resolve('user', supervisordOptions.user, user);
  } catch (error) {
    if (isReread && error instanceof ConfigError) return null;
    throw error;
  }
}

function withEnvironment<G extends GroupConfig>(
  group: G,
  shared: Readonly<Record<string, string>>,
): G {
  const processes = group.processes.map((process) => ({
    ...process,
    environment: { ...shared, ...process.environment },
  }));
  return { ...group, processes };
}

export interface ControlOverrides {
  readonly serverUrl?: string;
  readonly username?: string;
  readonly password?: string;
}

/** `[supervisorctl]` of a file; its `[include]` is not followed. */
export function readControlConfig(
  path: string,
  world: World,
  overrides: ControlOverrides,
): ControlConfig {
  const environment = new Names();
  environment.addEnvironment(world.environment);
  const sections = readMainFile(path, world, { withoutPrograms: true });
  const here = environment.with({ here: dirname(readAbsolute(path, world)) });
  const context: Context = { path, world, sections, environment, here, warnings: [] };
  const section = sections.get('supervisorctl');
  if (!section) {
    throw new ConfigError('.ini file does not include supervisorctl section', { file: path });
  }
  const values = readerOf(context, section).table(controlOptions, (key) =>
    key === 'serverurl' || key === 'history_file' || key.startsWith('tls_') ? here : environment,
  );
  const plugins = readControlPlugins(context);
  const settings = place(controlOptions, values) as ControlConfig;
  return { ...settings, path, plugins, ...overrides };
}

/** What tsvctl works with when there is no file. */
export function defaultControlConfig(overrides: ControlOverrides): ControlConfig {
  return {
    path: null,
    serverUrl: controlOptions.serverurl.default,
    username: null,
    password: null,
    prompt: controlOptions.prompt.default,
    historyFile: null,
    tlsCa: null,
    tlsCert: null,
    tlsKey: null,
    plugins: [],
    ...overrides,
  };
}
