import type { Session } from '../session.ts';

/** One action of tsvctl. Dispatch, help, completion and the manual page are made of these. */
export interface Command {
  readonly name: string;
  /** What `help NAME` prints: per form the syntax, tabs, and what it does. */
  readonly help: readonly string[];
  /** What its arguments name. */
  readonly completes?: 'actions' | 'groups' | 'processes';
  /** What it takes beyond supervisorctl's: shown in the manual page, offered by completion. */
  readonly additions?: readonly Addition[];
  /** Not among the actions that `help` lists. */
  readonly isHidden?: boolean;
  /** Does the work; `'leave'` ends the shell. What it throws becomes the generic error line. */
  run(session: Session, argument: string): Promise<'leave' | void>;
}

export interface Addition {
  readonly syntax: string;
  readonly text: string;
}

/** Prints what the command was given wrongly, then its help. */
export function refuse(session: Session, command: Command, line: string, status?: number): void {
  session.fail(line, status);
  for (const form of command.help) session.print(form);
}

/** True if there are no arguments; else says so. */
export function takesNoArguments(session: Session, command: Command, argument: string): boolean {
  if (argument === '') return true;
  refuse(session, command, `Error: ${command.name} accepts no arguments`);
  return false;
}
