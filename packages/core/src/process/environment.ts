import type { ProcessConfig } from '@tsvisor/config';

/**
 * The environment of a child: the daemon's own, the variables that tell it who supervises
 * it, and on top what the configuration sets, which may override those (process.md §5).
 *
 * @param serverUrl the daemon's own, for `serverurl=AUTO`; null if it has no server
 */
export function childEnvironment(
  config: Pick<ProcessConfig, 'name' | 'environment' | 'serverUrl'>,
  group: string,
  serverUrl: string | null,
): Readonly<Record<string, string>> {
  const environment: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) environment[name] = value;
  }
  environment['SUPERVISOR_ENABLED'] = '1';
  const url = config.serverUrl ?? serverUrl;
  if (url) environment['SUPERVISOR_SERVER_URL'] = url;
  environment['SUPERVISOR_PROCESS_NAME'] = config.name;
  environment['SUPERVISOR_GROUP_NAME'] = group;
  return Object.assign(environment, config.environment);
}
