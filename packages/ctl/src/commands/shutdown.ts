import { RemoteFault, systemErrorCode } from '../errors.ts';
import { faultCode } from '../exit-status.ts';
import type { Session } from '../session.ts';
import { takesNoArguments, type Command } from './command.ts';
import { isConfirmed } from './confirmation.ts';

export const shutdown: Command = {
  name: 'shutdown',
  help: ['shutdown \tShut the remote supervisord down.'],
  async run(session, argument) {
    if (!takesNoArguments(session, shutdown, argument)) return;
    const question = 'Really shut the remote supervisord process down y/N? ';
    if (!(await isConfirmed(session, question))) return;
    try {
      await session.call('shutdown');
    } catch (error) {
      tellWhy(session, error);
      return;
    }
    session.print('Shut down');
  },
};

function tellWhy(session: Session, error: unknown): void {
  if (error instanceof RemoteFault && error.code === faultCode.shutdownState) {
    // It is what was asked for: the exit status stays.
    session.print('ERROR: already shutting down');
    return;
  }
  const why = whyUnreachable[systemErrorCode(error) ?? ''];
  if (why === undefined) throw error;
  session.explainUnreachable(error);
  session.fail(`ERROR: ${session.server.url} ${why} (already shut down?)`);
}

const whyUnreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused connection',
  ENOENT: 'no such file',
};
