import { ConfigError, loadControlConfig, UsageError, type ControlConfig } from '@tsvisor/config';

import { accounts } from './accounts.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { completions } from './completions.ts';
import { connect } from './connection.ts';
import { runLine } from './dispatch.ts';
import { Unwritable, Interrupted } from './errors.ts';
import { exitStatus } from './exit-status.ts';
import { explanation } from './explain.ts';
import type { Complete } from './input/terminal-input.ts';
import type { Plugin } from './plugins.ts';
import type { ProcessInfo, Server } from './remote.ts';
import { Session, type Input, type Interruptible, type Output } from './session.ts';
import { surroundings } from './surroundings.ts';
import { usage } from './usage.ts';

/** What is outside of the program. */
export interface Outside {
  /** As it was called: for messages, and the search for a configuration begins beside it. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  openInput(
    output: Output,
    historyFile: string | null,
    newCompleter: () => Complete,
  ): Promise<Input>;
  readonly interruptible: Interruptible;
  /** Whether to say more on standard error when a daemon cannot be reached. */
  readonly explains: boolean;
}

/** Obeys a command line; resolves with the exit status. */
export async function runProgram(argv: readonly string[], outside: Outside): Promise<number> {
  const { program, environment, output } = outside;
  try {
    const source = { programName: program, environment, accounts };
    const commandLine = readCommandLine(argv, source);
    if (commandLine.wantsHelp) {
      output.write(usage(program));
      return exitStatus.success;
    }
    const config = loadControlConfig({
      ...source,
      path: commandLine.configPath,
      overrides: commandLine.overrides,
    });
    return await run(commandLine, config, outside);
  } catch (error) {
    if (error instanceof Unwritable) {
      const { message } = error;
      if (message !== '') output.writeError(`Error: cannot write to standard output: ${message}\n`);
      return exitStatus.generic;
    }
    if (error instanceof Interrupted) return exitStatus.interrupted;
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    output.writeError(`Error: ${error.message}\nFor help, use ${program} -h\n`);
    return exitStatus.invalidArguments;
  }
}

async function run(
  commandLine: CommandLine,
  config: ControlConfig,
  outside: Outside,
): Promise<number> {
  const { output, interruptible, explains } = outside;
  const { serverUrl: url, username, password } = config;
  const tls = { ca: config.tlsCa, cert: config.tlsCert, key: config.tlsKey };
  const line = commandLine.words.join(' ');
  if (commandLine.fleet !== undefined) {
    const { runFleet } = await import('./fleet/run-fleet.ts');
    // The file's own credentials are for its own daemon.
    const { username: ownName = null, password: ownPassword = null } = commandLine.overrides;
    const credentials = { username: ownName, password: ownPassword, tls };
    return runFleet(commandLine.fleet, line, credentials, connect, output);
  }
  const isShell = commandLine.words.length === 0;
  const plugins: Plugin[] = [];
  const newCompleter = (): Complete => {
    let infos: Promise<readonly ProcessInfo[]> | undefined;
    return (typed) =>
      completions(typed, () => (infos ??= session.call('getAllProcessInfo')), plugins);
  };
  const input = await outside.openInput(output, isShell ? config.historyFile : null, newCompleter);
  const session: Session = new Session({
    server: { url, username, password, tls },
    connect,
    output,
    input,
    interruptible,
    isInteractive: commandLine.isInteractive,
    explain: explains ? explainer(config, output) : undefined,
  });
  if (config.plugins.length > 0) {
    const { loadPlugins } = await import('./plugins.ts');
    plugins.push(...(await loadPlugins(config.plugins, config.path, session)));
  }
  try {
    if (!isShell) {
      await runLine(session, line, plugins);
      return session.exitStatus;
    }
    const { runShell } = await import('./shell.ts');
    await runShell(session, config.prompt, plugins);
    return exitStatus.success;
  } finally {
    input.close();
  }
}

/** Says on standard error what stands around a daemon that could not be reached. */
function explainer(
  config: ControlConfig,
  output: Output,
): (server: Server, error: unknown) => void {
  return (server, error) => {
    const around = surroundings(config.path);
    for (const line of explanation(server, error, around)) output.writeError(`${line}\n`);
  };
}
