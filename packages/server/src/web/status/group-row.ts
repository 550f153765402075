import type { ProcessState } from '@tsvisor/core';

import { element } from './markup.ts';
import type { Element } from './markup.ts';
import { columns, encodeName } from './row.ts';
import type { RowProcess } from './row.ts';

/** A group is shown as one unless it is what a single program makes by itself. */
export const isShownAsGroup = (members: readonly Pick<RowProcess, 'name' | 'group'>[]): boolean =>
  members.length > 1 || members.some(({ name, group }) => name !== group);

export const groupRow = (
  group: string,
  states: readonly ProcessState[],
  mayAct: boolean,
): Element =>
  element(
    'tr',
    { class: 'group', 'data-group': group },
    element(
      'th',
      { colspan: String(columns.length), scope: 'rowgroup' },
      element(
        'div',
        {},
        foldButton(group),
        element('bdi', {}, group),
        element('span', { class: 'tally' }, tally(states)),
        ...(mayAct ? [groupButtons(group)] : []),
      ),
    ),
  );

const foldButton = (group: string): Element =>
  element('button', {
    'aria-expanded': 'true',
    'aria-label': `Processes of ${group}`,
    class: 'fold',
    hidden: true,
    type: 'button',
  });

/** `2 of 3 running`. */
export const tally = (states: readonly ProcessState[]): string =>
  `${states.filter((state) => state === 'RUNNING').length} of ${states.length} running`;

const groupActions = [
  ['startgroup', 'Start'],
  ['restartgroup', 'Restart'],
  ['stopgroup', 'Stop'],
  ['cleargroup', 'Clear Logs'],
] as const;

const groupButtons = (group: string): Element => {
  const query = `groupname=${encodeName(group)}`;
  return element(
    'span',
    { class: 'group-actions' },
    ...groupActions.map(([action, label]) =>
      element(
        'button',
        {
          'aria-label': `${label} group ${group}`,
          formaction: `index.html?${query}&action=${action}`,
        },
        label,
      ),
    ),
    element('a', { 'aria-label': `Signal group ${group}`, href: `signal.html?${query}` }, 'Signal'),
  );
};
