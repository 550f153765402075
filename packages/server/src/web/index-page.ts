import { namespecText } from '@tsvisor/core';
import type { Process, Supervisor } from '@tsvisor/core';
import { Fault, faults } from '@tsvisor/rpc';

import type { WholeReply } from '../http/message.ts';
import { findProcess } from '../methods/names.ts';
import { inNameOrder } from '../methods/order.ts';
import type { Outcome } from './actions/action.ts';
import { performAction } from './actions/perform.ts';
import { messagePage } from './message-page.ts';
import { isBrowser } from './origin.ts';
import { outcomeReply } from './outcome-reply.ts';
import { htmlReply } from './page-reply.ts';
import { refusal } from './refusal.ts';
import { isScripted, scriptReply } from './script-reply.ts';
import { statusPage } from './status/page.ts';
import type { RowProcess } from './status/row.ts';
import { callsOf } from './visit.ts';
import type { Visit } from './visit.ts';

/** The status page, and all actions (web.md §2). */
export async function indexPage(visit: Visit): Promise<WholeReply> {
  const { supervisor, form } = visit;
  const action = form.get('action');
  if (action !== undefined) {
    const refused = refusal(action, visit);
    if (refused !== undefined) return refused;
  }
  if (action !== undefined && isScripted(visit.request))
    return scriptReply(act(action, visit), visit.clock);
  const outcome = action === undefined ? undefined : await act(action, visit);
  if (supervisor.state !== 'RUNNING') return ending(visit);
  return outcome === undefined ? statusReply(visit) : outcomeReply(visit, outcome);
}

function statusReply({ supervisor, site, form, token, request, rowTexts }: Visit): WholeReply {
  return htmlReply(
    statusPage(site, {
      processes: inNameOrder(supervisor).map(rowProcess),
      message: form.get('message'),
      token: request.role === 'readonly' ? undefined : token.text,
      texts: rowTexts[request.role],
    }),
  );
}

const rowProcess = (process: Process): RowProcess => {
  const { name, group, state, restarts } = process;
  const namespec = namespecText(group, name);
  return { name, group, namespec, state, restarts, description: process.info().description };
};

/** Scripts get the 500 that they know; people are told why. */
function ending({ supervisor, site, request }: Visit): WholeReply {
  if (!isBrowser(request)) throw new Fault(faults.SHUTDOWN_STATE.code, 'SHUTDOWN_STATE');
  return htmlReply(
    messagePage(site, {
      title: 'Supervisor Status',
      heading: supervisor.state,
      text: 'All programs are being stopped. What is asked for now is not done.',
      link: ['./', 'Look again'],
    }),
    500,
  );
}

function act(action: string, { form, supervisor, methods, clock }: Visit): Promise<Outcome> {
  return performAction({
    action,
    processName: form.get('processname'),
    groupName: form.get('groupname'),
    signal: form.get('signal') ?? '',
    call: callsOf(methods),
    isProcess: (name) => isProcess(supervisor, name),
    members: (group) => supervisor.group(group)?.processes.map(({ name }) => `${group}:${name}`),
    now: () => new Date(clock.now()),
  });
}

function isProcess(supervisor: Supervisor, name: string): boolean {
  try {
    findProcess(supervisor, name);
    return true;
  } catch {
    // BAD_NAME is the only way to fail.
    return false;
  }
}
