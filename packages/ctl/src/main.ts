// tsvctl: the only place that opens real files, sockets and the terminal.
import { isatty } from 'node:tty';

import { ConfigError, loadControlConfig, UsageError, type ControlConfig } from '@tsvisor/config';

import { accounts } from './accounts.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { completions } from './completions.ts';
import { connect } from './connection.ts';
import { runLine } from './dispatch.ts';
import { BrokenPipe } from './errors.ts';
import { exitStatus } from './exit-status.ts';
import { explanation } from './explain.ts';
import { openInput } from './input/open-input.ts';
import type { Complete } from './input/terminal-input.ts';
import { interruptibleBy } from './interrupts.ts';
import type { Plugin } from './plugins.ts';
import type { ProcessInfo, Server } from './remote.ts';
import { Session, type Output } from './session.ts';
import { standardOutput } from './standard-output.ts';
import { surroundings } from './surroundings.ts';
import { usage } from './usage.ts';

async function main(
  argv: readonly string[],
  program: string,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
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
      // They are loaded, or refused, once there is a session for them.
      resolvable: () => true,
    });
    return await run(commandLine, config, environment, output);
  } catch (error) {
    if (error instanceof BrokenPipe) return exitStatus.generic;
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    output.writeError(`Error: ${error.message}\nFor help, use ${program} -h\n`);
    return exitStatus.invalidArguments;
  }
}

async function run(
  commandLine: CommandLine,
  config: ControlConfig,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  const { serverUrl: url, username, password } = config;
  const line = commandLine.words.join(' ');
  if (commandLine.fleet !== undefined) {
    const { runFleet } = await import('./fleet/main.ts');
    // The file's own credentials are for its own daemon.
    const { username: ownName = null, password: ownPassword = null } = commandLine.overrides;
    const credentials = { username: ownName, password: ownPassword };
    return runFleet(commandLine.fleet, line, credentials, connect, output);
  }
  const isShell = commandLine.words.length === 0;
  const plugins: Plugin[] = [];
  const newCompleter = (): Complete => {
    let infos: Promise<readonly ProcessInfo[]> | undefined;
    return (typed) =>
      completions(typed, () => (infos ??= session.call('getAllProcessInfo')), plugins);
  };
  const input = await openInput(output, isShell ? config.historyFile : null, newCompleter);
  const session: Session = new Session({
    server: { url, username, password },
    connect,
    output,
    input,
    interruptible: interruptibleBy(process),
    isInteractive: commandLine.isInteractive,
    explain:
      isatty(2) || environment['TSVCTL_EXPLAIN'] === '1' ? explainer(config, output) : undefined,
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

const environment = { ...process.env };
// Left by the launcher script: how the program was called, and a limit that it changed.
const program = environment['TSVISOR_ARGV0'] ?? process.argv[1] ?? 'tsvctl';
for (const name of ['TSVISOR_ARGV0', 'TSVISOR_NOFILE']) {
  delete environment[name];
  delete process.env[name];
}
const output = standardOutput(environment);
// All output has been written by then, and what still waits (a half-read line) is not needed.
process.exit(await main(process.argv.slice(2), program, environment, output));
