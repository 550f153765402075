import { Fault, faults, pythonStr } from '@tsvisor/rpc';

import type { WholeReply } from '../http/message.ts';
import { unexpected } from './actions/action.ts';
import type { Call } from './actions/action.ts';
import { withoutSequences } from './logs/plain-text.ts';
import { isBrowser } from './origin.ts';
import { htmlReply } from './page-reply.ts';
import { tailPage } from './tail-page.ts';
import { callsOf } from './visit.ts';
import type { Visit } from './visit.ts';

const SHORTEST_TAIL = 1024;

/** tail.html (web.md §4). */
export async function tail({ form, methods, request, site }: Visit): Promise<WholeReply> {
  const process = form.get('processname');
  const asked = form.get('limit') ?? '';
  const limit = Math.max(SHORTEST_TAIL, /^\d+$/.test(asked) ? Number(asked) : 0);
  const content =
    process === undefined
      ? 'No process name found'
      : await logEnd(callsOf(methods), process, limit);
  // Scripts get it as it is.
  const shown = isBrowser(request) ? withoutSequences(content) : content;
  return htmlReply(tailPage(site, { process, limit, content: shown }));
}

async function logEnd(call: Call, process: string, limit: number): Promise<string> {
  try {
    return pythonStr(await call('supervisor.readProcessStdoutLog', [process, -limit, 0]));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === faults.NO_FILE.code) return `No file for ${process}`;
    return `ERROR: ${unexpected(error)}`;
  }
}
