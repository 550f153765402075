import type { Command } from './commands/command.ts';
import { findCommand } from './commands/table.ts';
import {
  Unwritable,
  errorLine,
  Forbidden,
  HttpStatusError,
  Interrupted,
  RemoteFault,
} from './errors.ts';
import { exitStatus, faultCode } from './exit-status.ts';
import type { Plugin } from './plugins.ts';
import type { Session } from './session.ts';
import { tlsTrouble } from './tls-trouble.ts';

export interface ParsedLine {
  /** The line as it is understood: trimmed, `?` written out. */
  readonly line: string;
  /** Leading letters, digits and underscores. */
  readonly action: string;
  readonly argument: string;
}

export function parseLine(typed: string): ParsedLine {
  let line = typed.trim();
  if (line.startsWith('?')) line = `help ${line.slice(1)}`;
  const action = /^\w*/.exec(line)?.[0] ?? '';
  return { line, action, argument: line.slice(action.length).trim() };
}

/** Runs one line as typed in the shell or given on the command line. */
export async function runLine(
  session: Session,
  typed: string,
  plugins: readonly Plugin[] = [],
): Promise<'leave' | void> {
  const { line, action, argument } = parseLine(typed);
  if (line === '') return;
  const command = findCommand(action, plugins);
  if (command === undefined) {
    session.fail(`*** Unknown syntax: ${line}`);
    return;
  }
  try {
    return await runAuthenticated(session, command, argument);
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Unwritable) throw error;
    session.explainUnreachable(error);
    session.fail(
      forbiddance(error)?.message ?? tlsTrouble(error, session.server) ?? errorLine(error),
    );
  } finally {
    session.setComplaintsAside(false);
  }
}

function forbiddance(error: unknown): Forbidden | undefined {
  if (error instanceof Forbidden) return error;
  const isOne = error instanceof RemoteFault && error.code === faultCode.forbidden;
  return isOne ? new Forbidden(null) : undefined;
}

async function runAuthenticated(
  session: Session,
  command: Command,
  argument: string,
): Promise<'leave' | void> {
  for (;;) {
    try {
      return await command.run(session, argument);
    } catch (error) {
      if (!(error instanceof HttpStatusError && error.status === 401)) throw error;
    }
    session.fail('Server requires authentication', exitStatus.generic);
    // Without a user to ask, a second attempt is made all the same: its error line is expected.
    if (!session.isInteractive) return command.run(session, argument);
    await askCredentials(session);
    session.exitStatus = exitStatus.success;
  }
}

async function askCredentials(session: Session): Promise<void> {
  const username = await session.input.readLine('Username:');
  const password = await session.input.readSecret('Password:');
  session.print('');
  session.server = { ...session.server, username, password };
}
