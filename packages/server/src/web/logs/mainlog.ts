import { SupervisorError } from '@tsvisor/core';

import type { WholeReply } from '../../http/message.ts';
import type { MainLog } from '../../methods/main-log.ts';
import { text } from '../html.ts';
import { htmlReply } from '../page-reply.ts';
import { shellPage } from '../shell.ts';
import type { Visit } from '../visit.ts';
import { clearLog } from './clear.ts';
import { clearForm, help, limitOf, panes, staticTools, tools } from './log-markup.ts';
import { plainText } from './plain-text.ts';

const ADDRESS = 'mainlog.html';

/** mainlog.html: the daemon's own log. */
export function mainlog(visit: Visit): WholeReply | Promise<WholeReply> {
  const { form, mainLog } = visit;
  if (form.get('action') !== undefined) {
    const clearing = { address: ADDRESS, name: 'the daemon', of: [] };
    return clearLog(visit, { ...clearing, method: 'supervisor.clearLog' });
  }
  const limit = limitOf(form);
  return htmlReply(page(visit, limit, endOf(mainLog, limit)));
}

function page({ form, request, site, token }: Visit, limit: number, end: string | null): string {
  const message = form.get('message');
  const clear =
    request.role === 'readonly' ? '' : clearForm(ADDRESS, { token: token.text }, 'Empty the log');
  const shown =
    end === null
      ? '<p class="status_msg">The daemon keeps no log in a file: see <code>logfile</code> in its configuration.</p>'
      : panes([
          {
            name: 'main log',
            label: 'Log of the daemon',
            data: { to: 'mainlog' },
            address: 'api/v1/supervisor/log',
            fileName: 'supervisord.log',
            content: end,
          },
        ]);
  return shellPage(site, {
    title: 'Main log',
    current: 'mainlog',
    script: 'log',
    main: `<div class="log-page">
<div class="page-head">
<h1>Main log</h1>
</div>
${message === undefined ? '' : `<div class="status_msg">${text(message)}</div>\n`}${tools(clear)}
${staticTools(ADDRESS, limit)}
${shown}
${help}
</div>`,
  });
}

/** null: there is no file of it. */
function endOf(log: MainLog, limit: number): string | null {
  if (log.path === null) return null;
  try {
    const end = log.read(-limit, 0);
    return plainText(end, end.length === limit);
  } catch (error) {
    if (error instanceof SupervisorError) return null;
    throw error;
  }
}
