import type { ShutdownPlan } from '@tsvisor/rpc';

import { RemoteFault, systemErrorCode } from '../errors.ts';
import { faultCode } from '../exit-status.ts';
import { takeFlag } from '../flags.ts';
import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { takesNoArguments, type Command } from './command.ts';
import { isConfirmed } from './confirmation.ts';

export const shutdown: Command = {
  name: 'shutdown',
  help: ['shutdown \tShut the remote supervisord down.'],
  additions: [
    { syntax: '--plan', text: 'Say how long a shutdown would take at worst, and do nothing.' },
  ],
  async run(session, argument) {
    const plan = takeFlag(words(argument), '--plan');
    if (!takesNoArguments(session, shutdown, plan.words.join(' '))) return;
    if (plan.isSet) {
      await showPlan(session);
      return;
    }
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

/** What `docker stop` waits before it kills. */
const DOCKER_STOP_SECONDS = 10;

async function showPlan(session: Session): Promise<void> {
  const answer = await session.remote.request('tsvisor.getShutdownPlan', []);
  const { seconds, batches } = answer as ShutdownPlan;
  for (const batch of batches) {
    session.print(`${String(batch.seconds).padStart(6)} s  ${batch.processes.join(', ')}`);
  }
  session.print(`Everything has stopped after ${seconds} seconds at the latest.`);
  if (seconds > DOCKER_STOP_SECONDS) {
    session.fail(`WARNING: docker stop kills after ${DOCKER_STOP_SECONDS} seconds`);
  }
}

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
