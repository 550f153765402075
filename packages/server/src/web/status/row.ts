// A row of the status page. Scripts read the first four columns (web.md §3): their classes, their
// five slots and the names in these are part of the interface.
import type { ProcessDocument } from '../../api/process-document.ts';
import { element } from './markup.ts';
import type { Element } from './markup.ts';
import { isStartable, stateClass } from './states.ts';

export type RowProcess = Pick<
  ProcessDocument,
  'name' | 'group' | 'namespec' | 'state' | 'description' | 'restarts'
>;

export interface RowPlace {
  /** Every second one. */
  readonly isShaded: boolean;
  /** Whether whoever looks may act. */
  readonly mayAct: boolean;
}

export const columns = [
  ['state', 'State'],
  ['desc', 'Description'],
  ['name', 'Name'],
  ['action', 'Action'],
  ['cpu', 'CPU'],
  ['memory', 'Memory'],
  ['restarts', 'Restarts'],
  ['more', 'More'],
] as const;

export function processRow(process: RowProcess, { isShaded, mayAct }: RowPlace): Element {
  const { namespec, state } = process;
  return element(
    'tr',
    { class: isShaded ? 'shade' : '', 'data-process': namespec, 'data-state': state },
    stateCell(state),
    element('td', { class: 'desc' }, element('span', {}, process.description)),
    nameCell(process),
    actionCell(process, mayAct),
    element('td', { class: 'cpu' }, NOT_KNOWN),
    element('td', { class: 'memory' }, NOT_KNOWN),
    element('td', { class: 'restarts' }, String(process.restarts)),
    moreCell(process, mayAct),
  );
}

/** Until the stream tells: it takes a look at all processes of the machine. */
export const NOT_KNOWN = '\u2013';

export const stateCell = (state: RowProcess['state']): Element =>
  element(
    'td',
    { class: 'status' },
    element('span', { class: stateClass(state) }, state.toLowerCase()),
  );

const nameCell = ({ namespec }: RowProcess): Element =>
  element(
    'td',
    { class: 'name' },
    element('a', { href: `tail.html?${query(namespec)}`, target: '_blank' }, namespec),
  );

/** Always five, so that the columns stand. */
export function actionCell({ namespec, state }: RowProcess, mayAct: boolean): Element {
  const isUp = state === 'RUNNING';
  const act = (isThere: boolean, action: string, label: string): Element =>
    mayAct && isThere ? actButton(namespec, action, label) : hidden;
  const name = encodeName(namespec);
  const slots = [
    isUp ? act(true, 'restart', 'Restart') : act(isStartable(state), 'start', 'Start'),
    act(isUp, 'stop', 'Stop'),
    act(true, 'clearlog', 'Clear Log'),
    tailLink(`logtail/${name}`, 'Stdout'),
    tailLink(`logtail/${name}/stderr`, 'Stderr'),
  ];
  const items = slots.map((slot) => element('li', {}, slot));
  return element('td', { class: 'action' }, element('ul', {}, ...items));
}

const hidden = element('a', { class: 'hidden', href: '#', name: '#' }, 'Action');

const actButton = (namespec: string, action: string, label: string): Element =>
  element(
    'button',
    {
      'aria-label': `${label} ${namespec}`,
      formaction: `index.html?${query(namespec)}&action=${action}`,
      name: label,
    },
    label,
  );

const tailLink = (address: string, label: string): Element =>
  element(
    'a',
    { href: address, name: `Tail -f ${label}`, target: '_blank' },
    element('span', { class: 'long' }, 'Tail -f '),
    label,
  );

const moreCell = ({ namespec }: RowProcess, mayAct: boolean): Element => {
  const link = (page: string, label: string): Element =>
    element(
      'a',
      { 'aria-label': `${label} of ${namespec}`, href: `${page}?${query(namespec)}` },
      label,
    );
  return element(
    'td',
    { class: 'more' },
    link('log.html', 'Log'),
    ...(mayAct ? [link('signal.html', 'Signal')] : []),
    link('config.html', 'Config'),
  );
};

const query = (namespec: string): string => `processname=${encodeName(namespec)}`;

/** All but letters, digits, `_`, `.`, `-` and `~`. */
export const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
