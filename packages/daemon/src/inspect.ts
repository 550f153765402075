/** The actions that start nothing. Each returns what goes to stdout. */
import { describeConfig } from '@tsvisor/config';

import { readConfig, readWarnings, type SettingsSource } from './settings.ts';

/** The configuration as it would be in force, as JSON. */
export function printConfig(source: SettingsSource): string {
  return `${JSON.stringify(describeConfig(readConfig(source), process.cwd()), null, 2)}\n`;
}

/** @param warn told what supervisord would pass over in silence */
export function checkConfiguration(source: SettingsSource, warn: (line: string) => void): string {
  const { groups, supervisord } = readConfig(source);
  for (const { message } of readWarnings(source)) warn(`Warning: ${message}\n`);
  const programs = groups.reduce((sum, group) => sum + group.processes.length, 0);
  return `${supervisord.path} is valid: ${count(groups.length, 'group')}, ${count(programs, 'process', 'es')}\n`;
}

const count = (number: number, noun: string, plural = 's'): string =>
  `${number} ${noun}${number === 1 ? '' : plural}`;
