/** The one file that touches the file system. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { hostname } from 'node:os';

import { checkSections, type ConfigWarning } from './check.ts';
import type { CommandLine, CommandLineOption } from './command-line/option.ts';
import { readCommandLine } from './command-line/read.ts';
import { ConfigError } from './errors.ts';
import { resolvableByDefault } from './plugins.ts';
import { join } from './python/paths.ts';
import {
  defaultControlConfig,
  readConfig,
  readControlConfig,
  readSections,
  readTyped,
  type ControlOverrides,
} from './read-config.ts';
import {
  readProgramSection,
  type ProgramSection,
  type ProgramSurroundings,
} from './read-program.ts';
import { searchPaths } from './search.ts';
import type { SupervisordOverrides } from './sections/supervisord.ts';
import type { ConfigOptions } from './typed/options.ts';
import type { Config, ControlConfig, ProcessConfig } from './types.ts';
import type { Accounts, Files, ReadingObserver, Resolvable, World } from './world.ts';

/** What a program is run in. */
export interface Surroundings {
  /** Gives HOME and TMPDIR, and the variables that `%(ENV_X)s` may use. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly accounts: Accounts;
  /** Left out: the process's own. */
  readonly cwd?: string;
  /** Left out: the kernel's. */
  readonly hostName?: string;
  /** Tells whether a plug-in can be had, or why not; left out: what is built in, and modules by their form. */
  readonly resolvable?: Resolvable;
}

interface AnySource extends Surroundings {
  /** As it was given with `-c`; undefined: the usual places are searched. */
  readonly path: string | undefined;
  /** argv[0]: the search begins beside it. */
  readonly programName: string;
}

/** What a configuration is read from. */
export interface ConfigSource extends AnySource {
  readonly overrides: SupervisordOverrides;
  /** A running daemon reads again: `[supervisord] user` is not looked up any more. */
  readonly isReread?: boolean;
  /** Programs run: no time for a file that has become a pipe, or a device without an end. */
  readonly neverWaits?: boolean;
  /** What `[supervisord] environment` said in earlier readings: `%(ENV_X)s` may use it until a restart. */
  readonly remembered?: Readonly<Record<string, string>>;
  /** Told of the files that are read. */
  readonly observer?: ReadingObserver;
}

/** What the configuration of tsvctl is read from. */
export interface ControlSource extends AnySource {
  readonly overrides: ControlOverrides;
}

/**
 * Reads and checks a supervisord.conf with all that it includes.
 *
 * @throws {ConfigError} with supervisord's own message.
 */
export function loadConfig(source: ConfigSource): Config {
  const { path, world } = locate(source);
  const files = source.neverWaits === true ? neverWaiting(world.files) : world.files;
  const { config } = readConfig(
    path,
    { ...world, files },
    {
      overrides: source.overrides,
      isReread: source.isReread ?? false,
      remembered: source.remembered ?? {},
    },
  );
  return config;
}

/**
 * As `loadConfig`, of a text. What it includes is looked for beside where its file would be.
 *
 * @throws {ConfigError}
 */
export function loadConfigText(text: string, path: string, source: Surroundings): Config {
  const world = worldOf(source);
  const files: Files = {
    ...world.files,
    exists: (asked) => asked === path || world.files.exists(asked),
    read: (asked, withoutWaiting) =>
      asked === path ? Buffer.from(text) : world.files.read(asked, withoutWaiting),
  };
  const options = { overrides: {}, isReread: false, remembered: {} };
  return readConfig(path, { ...world, files }, options).config;
}

/**
 * The configuration that code says, without any file.
 *
 * @throws {ConfigError} whose `option` is the path of an option in code: `programs.web.stopSignal`
 */
export function readConfigOptions(options: ConfigOptions, source: Surroundings): Config {
  return readTyped(options, worldOf(source));
}

/**
 * What is probably a slip: sections and options that mean nothing. supervisord passes over them in silence.
 *
 * A configuration that a start refuses can be checked too: a slip may be the reason.
 *
 * @throws {ConfigError} if the files cannot be read.
 */
export function checkConfig(source: ConfigSource): ConfigWarning[] {
  const { path, world } = locate(source);
  return checkSections(readSections(path, world, source.remembered ?? {}), path);
}

/**
 * The processes of a program that stands in no file, for a configuration that has been read.
 *
 * @throws {ConfigError} as if it stood there
 */
export function readProgram(
  section: ProgramSection,
  main: ProgramSurroundings,
  source: Surroundings,
): ProcessConfig[] {
  return readProgramSection(section, main, worldOf(source));
}

function locate(source: ConfigSource): { path: string; world: World } {
  const world = { ...worldOf(source), observer: source.observer };
  const path = source.path ?? findConfig(source.programName, world.files);
  if (path === undefined) throw new ConfigError(notFound(source.programName));
  return { path, world };
}

/**
 * Reads `[supervisorctl]`; without any file, and with one of no name (`-c ''`), the defaults are
 * in force.
 *
 * @throws {ConfigError} with supervisorctl's own message.
 */
export function loadControlConfig(source: ControlSource): ControlConfig {
  const world = worldOf(source);
  const path = source.path ?? findConfig(source.programName, world.files);
  return path === undefined || path === ''
    ? defaultControlConfig(source.overrides)
    : readControlConfig(path, world, source.overrides);
}

function findConfig(programName: string, files: Files): string | undefined {
  return searchPaths(programName).find((path) => files.exists(path));
}

function notFound(programName: string): string {
  const paths = searchPaths(programName).join(', ');
  return `No config file found at default paths (${paths}); use the -c option to specify a config file at a different path`;
}

/**
 * Reads a command line against a table of options. Values are checked at once, in order, so that the first bad one is
 * reported, and nothing is looked at after help or version.
 *
 * @throws {UsageError} with supervisord's own message.
 */
export function parseCommandLine<V>(
  args: readonly string[],
  options: readonly CommandLineOption[],
  source: Surroundings & { readonly takesWords: boolean },
): CommandLine<V> {
  return readCommandLine<V>(args, options, source.takesWords, worldOf(source));
}

function worldOf(source: Surroundings): World {
  const cwd = source.cwd ?? workingDirectory();
  return {
    files: diskFiles(cwd),
    accounts: source.accounts,
    environment: definedOnly(source.environment),
    cwd,
    hostName: source.hostName ?? hostname(),
    uid: process.getuid!(),
    resolvable: source.resolvable ?? resolvableByDefault,
  };
}

/** Where it has been removed, a name by which the kernel still knows it: only relative paths need one. */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/proc/self/cwd';
  }
}

/** `process.env` is typed as if a variable could be there without a value. */
function definedOnly(
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const entries = Object.entries(variables).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries as [string, string][]);
}

/** The disk as seen from `cwd`. What is asked twice during one reading is looked at once. */
export function diskFiles(cwd: string): Files {
  // Not normalised: what `..` leads to depends on links, and a missing folder has none.
  const at = (path: string): string => join(cwd, path);
  const directories = new Map<string, boolean>();
  return {
    exists: (path) => existsSync(at(path)),
    isThere: (path) => attempt(() => lstatSync(at(path)), undefined) !== undefined,
    isDirectory(path) {
      let answer = directories.get(path);
      if (answer === undefined) directories.set(path, (answer = isDirectory(at(path))));
      return answer;
    },
    isWritableDirectory: (path) => isDirectory(at(path)) && isWritable(at(path)),
    list: (path) => attempt(() => readdirSync(at(path)), []),
    read: (path, withoutWaiting = false) =>
      withoutWaiting ? readNow(at(path)) : readFileSync(at(path)),
  };
}

function isDirectory(path: string): boolean {
  return attempt(() => statSync(path).isDirectory(), false);
}

function isWritable(path: string): boolean {
  return attempt(() => {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  }, false);
}

/** A path that cannot be looked at, for whatever reason, counts as not there. */
function attempt<R>(look: () => R, otherwise: R): R {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

const neverWaiting = (files: Files): Files => ({
  ...files,
  read: (path) => files.read(path, true),
});

/** As a file that has nothing in it where a pipe has no writer, and fails where writers are silent. */
function readNow(path: string): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    return fstatSync(fd).isCharacterDevice() ? readOnce(fd) : readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** A device may have no end. */
function readOnce(fd: number): Uint8Array {
  const bytes = Buffer.alloc(64 * 1024);
  return bytes.subarray(0, readSync(fd, bytes));
}
