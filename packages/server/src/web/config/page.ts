import { namespecText, parseNamespec } from '@tsvisor/core';

import { effectiveConfig } from '../../api/effective-config.ts';
import type {
  ConfigDocument,
  GroupDescription,
  ProcessDescription,
} from '../../api/effective-config.ts';
import type { WholeReply } from '../../http/message.ts';
import { text } from '../html.ts';
import { messagePage } from '../message-page.ts';
import { htmlReply } from '../page-reply.ts';
import { shellPage } from '../shell.ts';
import { toText } from '../status/markup.ts';
import { encodeName } from '../status/row.ts';
import type { Visit } from '../visit.ts';
import { defaultProcess } from './default-process.ts';
import { optionTable } from './option-table.ts';

/** config.html: what is in force, of one process or of the daemon, without its secrets. */
export function configPage(visit: Visit): WholeReply {
  const { supervisor, request, form, site } = visit;
  const config = effectiveConfig(supervisor, request.role);
  const asked = form.get('processname');
  if (asked === undefined) return htmlReply(overview(visit, config));
  const { group: groupName, process: processName } = parseNamespec(asked);
  const group = config.groups.find(({ name }) => name === groupName);
  const process = group?.processes.find(({ name }) => name === processName);
  if (group !== undefined && process !== undefined)
    return htmlReply(processPage(visit, group, process));
  const link = ['config.html', 'Whole configuration'] as const;
  const said = `No such process named ${asked}`;
  return htmlReply(
    messagePage(site, { title: 'Configuration', heading: 'Not found', text: said, link }),
    404,
  );
}

function processPage(
  visit: Visit,
  { processes: _all, name: groupName, ...group }: GroupDescription,
  { name, command, ...process }: ProcessDescription,
): string {
  const namespec = namespecText(groupName, name);
  const query = `processname=${encodeName(namespec)}`;
  return shellPage(visit.site, {
    title: `Configuration of ${namespec}`,
    current: 'config',
    script: 'plain',
    main: `<h1>Configuration of <bdi>${text(namespec)}</bdi></h1>
<p class="links"><a href="./">Status</a> <a href="log.html?${query}">Log</a> <a href="config.html">Whole configuration</a></p>
<p class="legend">What is set stands out; what is as it would be anyway stands back. Secrets are hidden.</p>
<section class="options">
${toText(optionTable({ command, ...process }, defaultProcess(visit)))}
</section>
<section class="options">
<h2>Its group <bdi>${text(groupName)}</bdi></h2>
${toText(optionTable(group, undefined))}
</section>`,
  });
}

function overview(visit: Visit, config: ConfigDocument): string {
  const { site, supervisor } = visit;
  return shellPage(site, {
    title: 'Configuration',
    current: 'config',
    script: 'plain',
    main: `<h1>Configuration</h1>
<p class="legend">In force, as <code>${text(supervisor.config.supervisord.path)}</code> was read last. Secrets are hidden.</p>
<section class="options">
<h2>Programs</h2>
${config.groups.length === 0 ? '<p>No programs to manage</p>' : programs(config.groups)}
</section>
<section class="options">
<h2>supervisord</h2>
${toText(optionTable(config.supervisord, undefined))}
</section>
${config.servers
  .map(
    ({ section, ...options }) => `<section class="options">
<h2>${text(String(section))}</h2>
${toText(optionTable(options, undefined))}
</section>`,
  )
  .join('\n')}
${config.rpcinterfaces
  .map(
    ({ name, ...options }) => `<section class="options">
<h2>rpcinterface:${text(String(name))}</h2>
${toText(optionTable(options, undefined))}
</section>`,
  )
  .join('\n')}`,
  });
}

const programs = (groups: ConfigDocument['groups']): string => `<table class="options">
<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Command</th></tr></thead>
<tbody>
${groups
  .flatMap((group) =>
    group.processes.map((process) => {
      const namespec = namespecText(group.name, process.name);
      return `<tr><th scope="row"><a href="config.html?processname=${encodeName(namespec)}"><bdi>${text(namespec)}</bdi></a></th><td>${text(group.type)}</td><td><code dir="auto">${text(String(process['command']))}</code></td></tr>`;
    }),
  )
  .join('\n')}
</tbody>
</table>`;
