import { isatty } from 'node:tty';

import {
  exitNow,
  groupById,
  groupByName,
  resolveLocale,
  sealInheritedFds,
  takeLaunch,
  userById,
  userByName,
  type Launch,
} from '@tsvisor/posix';

import { helpText } from './command-line.ts';
import { Readiness, startDetached } from './daemonize.ts';
import { failureOf } from './failure.ts';
import { keepHeapSmall, loading } from './heap.ts';
import { checkConfiguration, printConfig } from './inspect.ts';
import { readCommandLine, readConfig, type SettingsSource } from './settings.ts';
import type { Signals } from './signals.ts';
import { print, tell } from './streams.ts';
import { utf8Instead } from './utf8-locale.ts';
import { version } from './versions.ts';

const searchingAsRoot =
  'Warning: started as root, and looking for a configuration in the usual places, the current folder among them: name the file with -c to be safe\n';

/** Runs tsvd to its end. What starts and what does not is decided here. */
export async function runProgram(signals: Signals): Promise<never> {
  keepHeapSmall();
  const launch = takeLaunch();
  const readiness = Readiness.take(process.env);
  sealInheritedFds();
  const locale = utf8Instead(process.env, resolveLocale);
  if (locale !== undefined) process.env['LC_CTYPE'] = locale;
  const source: SettingsSource = {
    words: process.argv.slice(2),
    programName: launch.argv0,
    environment: process.env,
    accounts: { userByName, userById, groupByName, groupById },
  };
  let status: number;
  try {
    status = await act(source, { launch, readiness, signals });
  } catch (error) {
    const failure = failureOf(error, launch.argv0);
    tell(failure.text);
    if (failure.forPeople !== undefined && (isatty(2) || isCheck(source))) tell(failure.forPeople);
    status = failure.status;
  }
  // Not by an empty event loop: a write that hangs in the thread pool would keep the process.
  return exitNow(status);
}

/** Scripts know nothing of this option: what it prints is for people, on a terminal or not. */
function isCheck(source: SettingsSource): boolean {
  try {
    return readCommandLine(source).action === 'check-config';
  } catch {
    // A command line that cannot be read is what failed.
    return false;
  }
}

interface Circumstances {
  readonly launch: Launch;
  readonly readiness: Readiness | undefined;
  readonly signals: Signals;
}

/** @returns the exit status */
async function act(source: SettingsSource, circumstances: Circumstances): Promise<number> {
  const { action, configPath } = readCommandLine(source);
  switch (action) {
    case 'help':
      print(helpText(source.programName));
      return 0;
    case 'version':
      print(`${version}\n`);
      return 0;
    case 'print-config':
      print(printConfig(source));
      return 0;
    case 'check-config':
      print(await checkConfiguration(source, tell));
      return 0;
    case 'run':
      return run(source, configPath, circumstances);
  }
}

async function run(
  source: SettingsSource,
  configPath: string | undefined,
  { launch, readiness, signals }: Circumstances,
): Promise<number> {
  const isSecond = readiness !== undefined;
  if (!isSecond && configPath === undefined && process.getuid?.() === 0) tell(searchingAsRoot);
  const config = readConfig(source);
  if (!isSecond && !config.supervisord.noDaemon) {
    return startDetached({ words: source.words, launch }, signals);
  }
  // Loaded only now: what does not supervise needs neither the engine nor the servers.
  const { compose } = await loading(() => import('./compose.ts'));
  return compose(config, { source, launch, readiness, signals });
}
