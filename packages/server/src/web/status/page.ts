import { attribute, text } from '../html.ts';
import { shellPage } from '../shell.ts';
import type { Site } from '../shell.ts';
import { counts } from './counts.ts';
import { dialogs } from './dialogs.ts';
import { groupRow, isShownAsGroup } from './group-row.ts';
import { toText } from './markup.ts';
import type { RowTexts } from './row-texts.ts';
import { columns } from './row.ts';
import type { RowProcess } from './row.ts';

export interface StatusPage {
  /** By group, then name. */
  readonly processes: readonly RowProcess[];
  /** What came of an action; undefined: nothing to say. */
  readonly message: string | undefined;
  /** For the forms; undefined: whoever looks may not act. */
  readonly token: string | undefined;
  readonly texts: RowTexts;
}

/** The page of all programs. Scripts read it: its elements are part of the interface (web.md §3). */
export function statusPage(site: Site, { processes, message, token, texts }: StatusPage): string {
  const mayAct = token !== undefined;
  return shellPage(site, {
    title: 'Supervisor Status',
    current: 'status',
    script: 'status',
    bar: bar(processes),
    main: `<h1 class="visually-hidden">Programs</h1>
<div id="message" role="status"${message !== undefined && isFailure(message) ? ' class="failed"' : ''}>
${message === undefined ? '<div class="hidden">#</div>' : `<div class="status_msg">${text(message)}</div>`}
</div>
<form action="index.html" id="programs" method="post">
${token === undefined ? '' : `<input name="token" type="hidden" value="${attribute(token)}">\n`}${buttons(mayAct)}
${processes.length === 0 ? 'No programs to manage' : table(processes, mayAct, texts)}
</form>
<p id="announcements" class="visually-hidden" role="status"></p>
${token === undefined ? '' : dialogs(token)}`,
  });
}

const isFailure = (message: string): boolean =>
  /^(?:ERROR: |unexpected rpc fault|No such )/.test(message);

const bar = (processes: readonly RowProcess[]): string => `<div class="bar">
<div id="counts" role="group" aria-label="Programs by state">${counts(
  processes.map(({ state }) => state),
)
  .map(toText)
  .join('')}</div>
<input type="search" id="filter" aria-label="Filter by name, group or state" aria-keyshortcuts="/" autocomplete="off" hidden placeholder="Filter ( / )" spellcheck="false">
</div>
`;

const forAll = [
  ['restartall', 'Restart All'],
  ['stopall', 'Stop All'],
] as const;

const moreForAll = [
  ['startall', 'Start All'],
  ['clearall', 'Clear All Logs'],
] as const;

const button = ([action, label]: readonly [string, string]): string =>
  `<button formaction="index.html?action=${action}" name="${label}">${label}</button>`;

function buttons(mayAct: boolean): string {
  const first = mayAct ? forAll : [];
  const items = [
    '<a class="button" href="index.html?action=refresh" name="Refresh">Refresh</a>',
    ...first.map(button),
  ];
  return `<div class="toolbar">
<ul class="clr" id="buttons">
${items.map((item) => `<li class="action-button">${item}</li>`).join('\n')}
</ul>
${mayAct ? `<div class="more-buttons">${moreForAll.map(button).join(' ')} <a class="button" href="signal.html">Signal All</a></div>\n` : ''}</div>`;
}

const table = (
  processes: readonly RowProcess[],
  mayAct: boolean,
  texts: RowTexts,
): string => `<table cellspacing="0">
<thead>
<tr>
${columns.map(([name, label]) => `<th class="${name}" scope="col">${label}</th>`).join('\n')}
</tr>
</thead>
<tbody>
${texts.rows(processes, groupRows(processes, mayAct))}</tbody>
</table>`;

/** The row of a group stands before the first of its processes. */
function groupRows(processes: readonly RowProcess[], mayAct: boolean): (at: number) => string {
  const starts = new Map<number, string>();
  for (let at = 0, end; at < processes.length; at = end) {
    const { group } = processes[at] as RowProcess;
    end = at + 1;
    while (processes[end]?.group === group) end++;
    const members = processes.slice(at, end);
    if (!isShownAsGroup(members)) continue;
    const states = members.map(({ state }) => state);
    starts.set(at, `${toText(groupRow(group, states, mayAct))}\n`);
  }
  return (at) => starts.get(at) ?? '';
}
