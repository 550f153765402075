import { namespecText, SupervisorError } from '@tsvisor/core';
import type { Channel, Process, Supervisor } from '@tsvisor/core';
import { Fault } from '@tsvisor/rpc';

import type { WholeReply } from '../../http/message.ts';
import { encodePercent } from '../../http/target.ts';
import { findProcess } from '../../methods/names.ts';
import { attribute, text } from '../html.ts';
import { messagePage } from '../message-page.ts';
import { htmlReply } from '../page-reply.ts';
import { shellPage } from '../shell.ts';
import type { Site } from '../shell.ts';
import { stateClass } from '../status/states.ts';
import type { Visit } from '../visit.ts';
import { clearLog } from './clear.ts';
import { clearForm, help, limitOf, panes, staticTools, tools } from './log-markup.ts';
import type { Pane } from './log-markup.ts';
import { plainText } from './plain-text.ts';

/** log.html: what a process writes, as it does. */
export function log(visit: Visit): WholeReply | Promise<WholeReply> {
  const { form, supervisor, site } = visit;
  const asked = form.get('processname') ?? '';
  const process = processNamed(supervisor, asked);
  if (process === undefined) return htmlReply(unknown(site, asked), 404);
  const name = namespecText(process.group, process.name);
  const address = `log.html?processname=${encodePercent(name)}`;
  if (form.get('action') !== undefined) {
    return clearLog(visit, { address, name, method: 'supervisor.clearProcessLogs', of: [name] });
  }
  return htmlReply(page(visit, process, name, address));
}

const unknown = (site: Site, asked: string): string =>
  messagePage(site, {
    title: 'No such program',
    heading: 'No such program',
    text: asked === '' ? 'No name was given.' : `There is no process named ${asked}.`,
    link: ['./', 'To the status page'],
  });

function page(visit: Visit, process: Process, name: string, address: string): string {
  const { form, request, site, token } = visit;
  const limit = limitOf(form);
  const { statename, description } = process.info();
  const message = form.get('message');
  const channels = channelsOf(process);
  const clear =
    request.role === 'readonly'
      ? ''
      : clearForm('log.html', { token: token.text, processname: name }, 'Empty both logs');
  return shellPage(site, {
    title: `${name} – log`,
    script: 'log',
    main: `<div class="log-page" data-process="${attribute(name)}">
<div class="page-head" id="head" data-state="${statename}">
<h1><bdi>${text(name)}</bdi></h1>
<span class="status"><span id="state" class="${stateClass(statename)}">${statename.toLowerCase()}</span></span>
<span id="description">${text(description)}</span>
<a class="aside" href="config.html?processname=${encodePercent(name)}">Configuration</a>
</div>
${message === undefined ? '' : `<div class="status_msg">${text(message)}</div>\n`}${tools(clear)}
${staticTools(address, limit)}
${channels.length === 0 ? noLog : panes(channels.map((channel) => paneOf(process, name, channel, limit)))}
${help}
</div>`,
  });
}

const noLog =
  '<p class="status_msg">Its output is not kept: <code>stdout_logfile</code> and <code>stderr_logfile</code> are <code>NONE</code>.</p>';

function paneOf(process: Process, name: string, channel: Channel, limit: number): Pane {
  return {
    name: channel,
    label: `${channel} of ${name}`,
    data: { to: 'log', process: name, channel },
    fileName: `${name.replaceAll(/[^\w.-]+/g, '_')}-${channel}.log`,
    address: `api/v1/processes/${encodePercent(name)}/logs/${channel}`,
    content: endOf(process, channel, limit),
  };
}

const channelsOf = (process: Process): readonly Channel[] =>
  (process.config.redirectStderr ? (['stdout'] as const) : (['stdout', 'stderr'] as const)).filter(
    (channel) => isKept(process.log(channel)),
  );

/** Whether there is a log, be it without a file yet. */
function isKept(log: Pick<ReturnType<Process['log']>, 'path' | 'read'>): boolean {
  if (log.path !== null) return true;
  try {
    log.read(0, 1);
    return true;
  } catch (error) {
    if (error instanceof SupervisorError) return false;
    throw error;
  }
}

function endOf(process: Process, channel: Channel, limit: number): string | undefined {
  try {
    const end = process.log(channel).read(-limit, 0);
    return plainText(end, end.length === limit);
  } catch (error) {
    if (error instanceof SupervisorError) return undefined;
    throw error;
  }
}

function processNamed(supervisor: Supervisor, name: string): Process | undefined {
  try {
    return findProcess(supervisor, name);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
