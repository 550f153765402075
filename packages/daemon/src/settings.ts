import {
  checkConfig,
  loadConfig,
  readProgram,
  type Accounts,
  type Config,
  type ConfigSource,
  type ConfigWarning,
  type ProcessConfig,
  type ProgramSection,
  type Surroundings,
} from '@tsvisor/config';

import { readInvocation, type Invocation } from './command-line.ts';

/** Where the daemon's settings come from, on each start, restart and reread. */
export interface SettingsSource {
  readonly words: readonly string[];
  /** argv[0] as it was typed. */
  readonly programName: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly accounts: Accounts;
}

const surroundings = ({ environment, accounts }: SettingsSource): Surroundings => ({
  environment,
  accounts,
});

/** @throws {UsageError} */
export function readCommandLine(source: SettingsSource): Invocation {
  return readInvocation(source.words, surroundings(source));
}

/** @throws {UsageError} @throws {ConfigError} */
export function readConfig(
  source: SettingsSource,
  isReread = false,
  circumstances: Pick<ConfigSource, 'cwd' | 'neverWaits' | 'observer'> = {},
): Config {
  return loadConfig({ ...configSource(source, isReread), ...circumstances });
}

/** What is probably a slip in the configuration. @throws {UsageError} @throws {ConfigError} */
export function readWarnings(source: SettingsSource): ConfigWarning[] {
  return checkConfig(configSource(source, false));
}

/** A program that stands in no file, for the configuration that is in force. @throws {ConfigError} */
export const readNewProgram = (
  source: SettingsSource,
  section: ProgramSection,
  { supervisord }: Config,
): readonly ProcessConfig[] => readProgram(section, supervisord, surroundings(source));

function configSource(source: SettingsSource, isReread: boolean): ConfigSource {
  const { configPath, overrides } = readCommandLine(source);
  const { programName } = source;
  return { ...surroundings(source), path: configPath, programName, overrides, isReread };
}
