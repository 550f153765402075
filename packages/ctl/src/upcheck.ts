import { RemoteFault, systemErrorCode } from './errors.ts';
import { exitStatus, faultCode } from './exit-status.ts';
import type { Session } from './session.ts';

const apiVersion = '3.0';

const unknownNamespace =
  'Sorry, supervisord responded but did not recognize the supervisor namespace commands that ' +
  'supervisorctl uses to control it.  Please check that the [rpcinterface:supervisor] section ' +
  'is enabled in the configuration file (see sample.conf).';

/** Whether there is a daemon that speaks our version; else says why not and sets the exit status. */
export async function isUp(session: Session): Promise<boolean> {
  let version: string;
  try {
    version = await session.call('getVersion');
  } catch (error) {
    const [line, status] = reason(session, error);
    session.explainUnreachable(error);
    session.fail(line, status);
    return false;
  }
  if (version === apiVersion) return true;
  session.fail(
    'Sorry, this version of supervisorctl expects to talk to a server with API version ' +
      `${apiVersion}, but the remote version is ${version}.`,
    exitStatus.wrongApiVersion,
  );
  return false;
}

function reason(session: Session, error: unknown): [line: string, status: number] {
  if (error instanceof RemoteFault && error.code === faultCode.unknownMethod) {
    return [unknownNamespace, exitStatus.unknownNamespace];
  }
  const why = whyUnreachable[systemErrorCode(error) ?? ''];
  if (why === undefined) throw error;
  return [`${session.server.url} ${why.words}`, why.status];
}

const whyUnreachable: Readonly<
  Record<string, { readonly words: string; readonly status: number }>
> = {
  ECONNREFUSED: { words: 'refused connection', status: exitStatus.refused },
  ENOENT: { words: 'no such file', status: exitStatus.notRunning },
};
