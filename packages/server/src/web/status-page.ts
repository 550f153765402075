import type { ProcessInfo, ProcessState } from '@tsvisor/core';

import { encodePercent } from '../http/target.ts';
import { attribute, text } from './html.ts';
import { shellPage } from './shell.ts';
import type { Site } from './shell.ts';

export interface StatusPage {
  /** By group, then name. */
  readonly processes: readonly Pick<ProcessInfo, 'name' | 'group' | 'statename' | 'description'>[];
  /** What came of an action; undefined: nothing to say. */
  readonly message: string | undefined;
}

type Row = StatusPage['processes'][number];

/** The page of all programs. Scripts read it: its elements are part of the interface (web.md §3). */
export const statusPage = (site: Site, { processes, message }: StatusPage): string =>
  shellPage(site, {
    title: 'Supervisor Status',
    current: 'status',
    script: 'status',
    main: `${message === undefined ? '<div class="hidden">#</div>' : `<div class="status_msg">${text(message)}</div>`}
<form action="index.html" method="post">
<ul class="clr" id="buttons">
${buttons.map(([action, label]) => `<li class="action-button"><a href="index.html?action=${action}">${label}</a></li>`).join('\n')}
</ul>

${processes.length === 0 ? 'No programs to manage' : table(processes)}
</form>`,
  });

const buttons = [
  ['refresh', 'Refresh'],
  ['restartall', 'Restart All'],
  ['stopall', 'Stop All'],
] as const;

const columns = [
  ['state', 'State'],
  ['desc', 'Description'],
  ['name', 'Name'],
  ['action', 'Action'],
] as const;

const table = (processes: readonly Row[]): string => `<table cellspacing="0">
<thead>
<tr>
${columns.map(([name, label]) => `<th class="${name}">${label}</th>`).join('\n')}
</tr>
</thead>

<tbody>
${processes.map(row).join('\n')}
</tbody>
</table>`;

function row(process: Row, index: number): string {
  const { name, group, statename, description } = process;
  const shown = name === group ? name : `${group}:${name}`;
  const encoded = encodePercent(shown);
  return `<tr class="${index % 2 === 0 ? '' : 'shade'}">
<td class="status"><span class="${stateClass(statename)}">${statename.toLowerCase()}</span></td>
<td><span>${text(description)}</span></td>
<td><a href="tail.html?processname=${encoded}" target="_blank">${text(shown)}</a></td>
<td class="action">
<ul>
${slots(statename, encoded)
  .map((link) => `<li>\n${link}\n</li>`)
  .join('\n')}
</ul>
</td>
</tr>`;
}

function stateClass(state: ProcessState): string {
  if (state === 'RUNNING') return 'statusrunning';
  return state === 'FATAL' || state === 'BACKOFF' ? 'statuserror' : 'statusnominal';
}

const startable: ReadonlySet<ProcessState> = new Set(['STOPPED', 'EXITED', 'FATAL']);
const hidden = '<a class="hidden" href="#" name="#">Action</a>';

/** Always five, so that the columns stand. */
function slots(state: ProcessState, name: string): readonly string[] {
  const isUp = state === 'RUNNING';
  const first = isUp ? actionLink(name, 'restart', 'Restart') : actionLink(name, 'start', 'Start');
  return [
    isUp || startable.has(state) ? first : hidden,
    isUp ? actionLink(name, 'stop', 'Stop') : hidden,
    actionLink(name, 'clearlog', 'Clear Log'),
    tailLink(`logtail/${name}`, 'Tail -f Stdout'),
    tailLink(`logtail/${name}/stderr`, 'Tail -f Stderr'),
  ];
}

const actionLink = (name: string, action: string, label: string): string =>
  `<a href="${attribute(`index.html?processname=${name}&action=${action}`)}" name="${label}">${label}</a>`;

const tailLink = (address: string, label: string): string =>
  `<a href="${attribute(address)}" name="${label}" target="_blank">${label}</a>`;
