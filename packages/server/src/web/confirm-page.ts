import type { WholeReply } from '../http/message.ts';
import { attribute, text } from './html.ts';
import { htmlReply } from './page-reply.ts';
import { shellPage } from './shell.ts';
import type { Visit } from './visit.ts';

/** What an old link says beside the action. */
const fields = ['processname', 'groupname', 'signal'] as const;

/** Asks whether what a link says is meant: a form of ours carries the token. */
export function confirmPage(action: string, { form, site, token }: Visit): WholeReply {
  const said = [['action', action] as const, ...given(form)];
  const inputs = [...said, ['token', token.text] as const].map(
    ([name, value]) => `<input name="${name}" type="hidden" value="${attribute(value)}">\n`,
  );
  return htmlReply(
    shellPage(site, {
      title: 'Confirm',
      script: 'plain',
      main: `<section class="card">
<h1>Is this meant?</h1>
<p>A link asks for <bdi>${said.map(([, value]) => text(value)).join('</bdi> <bdi>')}</bdi>. Nothing has been changed yet.</p>
<form action="index.html" method="post">
${inputs.join('')}<p><button class="primary">Do it</button> <a class="button" href="./">Cancel</a></p>
</form>
</section>`,
    }),
    403,
  );
}

const given = (form: Visit['form']): (readonly [name: string, value: string])[] =>
  fields.flatMap((name) => {
    const value = form.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
