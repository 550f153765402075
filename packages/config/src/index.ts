export type * from './types.ts';

// Reading
export {
  checkConfig,
  loadConfig,
  loadConfigText,
  loadControlConfig,
  parseCommandLine,
  readConfigOptions,
  readProgram,
  type ConfigSource,
  type ControlSource,
  type Surroundings,
  workingDirectory,
} from './load.ts';
export type { ControlOverrides } from './read-config.ts';
export type { ProgramSection, ProgramSurroundings } from './read-program.ts';
export type {
  ConfigOptions,
  EventListenerOptions,
  FcgiProgramOptions,
  GroupOptions,
  OutputOptions,
  ProgramOptions,
} from './typed/options.ts';
export type { OptionsOfSupervisord } from './typed/supervisord.ts';
export type { SupervisordOverrides } from './sections/supervisord.ts';
export type { Account, Accounts, PluginKind, ReadingObserver, Resolvable } from './world.ts';
export { hasMagic, nameMatcher } from './glob.ts';
export { searchPaths } from './search.ts';
export { isModulePlugin, resolvableByDefault } from './plugins.ts';
export { loadPlugin } from './load-plugin.ts';
export { ConfigError, UsageError } from './errors.ts';
export type { CommandLine, CommandLineOption } from './command-line/option.ts';
export { optionLines, spellings } from './command-line/help.ts';
export { supervisordCommandLine, type SupervisordCommandLine } from './command-line/supervisord.ts';
export { controlCommandLine, type ControlCommandLine } from './command-line/control.ts';

// What was read
export { describeConfig } from './describe.ts';
export { changesOutsideGroups } from './changes-outside-groups.ts';
export { compareGroups, type GroupChanges } from './compare.ts';
export type { ConfigWarning } from './check.ts';

// Tables
export { sectionKinds, type SectionKind } from './options/kinds.ts';
export type { Row as OptionRow } from './options/table.ts';
export { eventTypes, type EventTypeName } from './event-types.ts';

// Words that others speak too
export { parseSignal, readSignal, shortSignalName, signalName } from './signals.ts';
export { splitCommand } from './shell-words.ts';
export { pythonRepr } from './python/repr.ts';
