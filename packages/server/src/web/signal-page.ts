import { HttpError } from '../http/message.ts';
import type { WholeReply } from '../http/message.ts';
import { attribute, text } from './html.ts';
import { htmlReply } from './page-reply.ts';
import { shellPage } from './shell.ts';
import { signalChoice } from './status/dialogs.ts';
import type { Visit } from './visit.ts';

/** signal.html: chooses a signal for a process, a group or all, where no script does. */
export function signalPage({ form, site, token, request }: Visit): WholeReply {
  if (request.role === 'readonly') throw new HttpError(403);
  const { action, field, name, whom } = addressee(form);
  return htmlReply(
    shellPage(site, {
      title: `Signal ${whom}`,
      script: 'plain',
      main: `<section class="card">
<h1>Signal <bdi>${text(whom)}</bdi></h1>
<form action="index.html?action=${action}" method="post">
<input name="token" type="hidden" value="${attribute(token.text)}">
${field === undefined ? '' : `<input name="${field}" type="hidden" value="${attribute(name)}">\n`}<p>${signalChoice}</p>
<p><button class="primary">Send</button> <a class="button" href="./">Cancel</a></p>
</form>
</section>`,
    }),
  );
}

interface Addressee {
  readonly action: string;
  readonly field?: string;
  readonly name: string;
  readonly whom: string;
}

function addressee(form: Visit['form']): Addressee {
  const process = form.get('processname');
  if (process !== undefined)
    return { action: 'signal', field: 'processname', name: process, whom: process };
  const group = form.get('groupname');
  if (group !== undefined)
    return { action: 'signalgroup', field: 'groupname', name: group, whom: `group ${group}` };
  return { action: 'signalall', name: '', whom: 'all programs' };
}
