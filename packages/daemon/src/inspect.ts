/** The actions that start nothing. Each returns what goes to stdout. */
import { describeConfig, isModulePlugin, workingDirectory } from '@tsvisor/config';

import { readConfig, readWarnings, type SettingsSource } from './settings.ts';

/** The configuration as it would be in force, as JSON. */
export function printConfig(source: SettingsSource): string {
  return `${JSON.stringify(describeConfig(readConfig(source), workingDirectory()), null, 2)}\n`;
}

/** @param warn told what supervisord would pass over in silence */
export async function checkConfiguration(
  source: SettingsSource,
  warn: (line: string) => void,
): Promise<string> {
  // First: a slip is often the reason of the error that follows.
  for (const { message } of readWarnings(source)) warn(`Warning: ${message}\n`);
  const config = readConfig(source);
  const { groups, supervisord, messages } = config;
  for (const message of messages.warn) warn(`Warning: ${message}\n`);
  if (config.rpcInterfaces.some(({ factory }) => isModulePlugin(factory))) {
    const { checkModules } = await import('@tsvisor/server');
    await checkModules(config);
  }
  if (config.servers.some((server) => server.family === 'inet' && server.tlsCert !== null)) {
    const { checkCertificates } = await import('@tsvisor/server');
    await checkCertificates(config, (message) => warn(`Warning: ${message}\n`));
  }
  const programs = groups.reduce((sum, group) => sum + group.processes.length, 0);
  // Loaded only now: the other ways to start this program have no use for it, or not yet.
  const { DOCKER_STOP_SECONDS, stopPlan } = await import('@tsvisor/core');
  const { seconds } = stopPlan(groups, supervisord);
  if (seconds > DOCKER_STOP_SECONDS) {
    warn(
      `Warning: stopping everything takes up to ${seconds} seconds, and \`docker stop\` kills after ${DOCKER_STOP_SECONDS}: see shutdown_timeout, stopwaitsecs, priority\n`,
    );
  }
  const counts = `${count(groups.length, 'group')}, ${count(programs, 'process', 'es')}`;
  return `${supervisord.path} is valid: ${counts}, stopped within ${count(seconds, 'second')}\n`;
}

const count = (number: number, noun: string, plural = 's'): string =>
  `${number} ${noun}${number === 1 ? '' : plural}`;
