import type { WholeReply } from '../../http/message.ts';
import { htmlReply } from '../page-reply.ts';
import { shellPage } from '../shell.ts';
import type { Visit } from '../visit.ts';

/** events.html: what happens, as it happens. */
export const events = ({ site }: Visit): WholeReply =>
  htmlReply(shellPage(site, { title: 'Events', current: 'events', script: 'events', main }));

/** What may be asked for, and whether it is at first: some come often, or wake the daemon up. */
const kinds = [
  ['PROCESS_STATE', 'Process states', true],
  ['PROCESS_GROUP', 'Groups', true],
  ['SUPERVISOR_STATE_CHANGE', 'Supervisor', true],
  ['REMOTE_COMMUNICATION', 'Remote communication', true],
  ['PROCESS_COMMUNICATION', 'Process communication', true],
  ['PROCESS_LOG', 'Log output', false],
  ['TICK', 'Ticks', false],
] as const;

const main = `<div class="events-page">
<div class="page-head">
<h1>Events</h1>
<span id="events-word" role="status"></span>
</div>
<p class="static-only">Events come live, which needs JavaScript. Without it, <code>tsvctl events</code> prints them in a terminal, and <code>GET events</code> streams them as lines.</p>
<div class="log-tools needs-script" role="group" aria-label="Events">
<form class="find" role="search">
<input type="search" id="find" placeholder="Filter: event, process, details, or /regex/" aria-label="Show only events with this text, or that match a regular expression between slashes" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="500">
<select id="process" aria-label="Only of this process"><option value="">All processes</option></select>
</form>
<button type="button" id="pause" aria-pressed="false" title="Pause and go on (space)">Pause</button>
<button type="button" id="clear">Clear</button>
</div>
<fieldset class="kinds needs-script">
<legend class="visually-hidden">Kinds of events</legend>
${kinds
  .map(
    ([name, label, isOn]) =>
      `<label><input type="checkbox" name="kind" value="${name}"${isOn ? ' checked' : ''}> ${label} <span class="times" data-count="${name}"></span></label>`,
  )
  .join('\n')}
</fieldset>
<div id="events-box" class="events-box needs-script" tabindex="0" role="log" aria-label="Events, the newest first">
<table class="events">
<thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Process</th><th scope="col">Details</th></tr></thead>
<tbody id="events"></tbody>
</table>
<p id="none">Nothing has happened since this page was opened.</p>
</div>
</div>`;
