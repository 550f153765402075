import type { Description } from '../../api/effective-config.ts';
import { element } from '../status/markup.ts';
import type { Element, Markup } from '../status/markup.ts';

/** What an option would be if nobody had set it; undefined: not known. */
export type Defaults = Description | undefined;

/** Options and their values; those that are as they would be anyway stand back. */
export function optionTable(options: Description, defaults: Defaults): Element {
  const normal = flattened(defaults ?? {});
  const rows = Object.entries(flattened(options)).map(([name, { value, isOwn }]) => {
    return element(
      'tr',
      defaults === undefined ? {} : { class: same(value, normal[name]?.value) ? 'default' : 'set' },
      element('th', { scope: 'row' }, name, ...(isOwn ? [ownMark] : [])),
      element('td', {}, shownValue(name, value)),
    );
  });
  return element('table', { class: 'options' }, element('tbody', {}, ...rows));
}

const ownMark = element('small', { title: 'supervisord does not know this option' }, ' tsvisor');

interface Option {
  readonly value: unknown;
  /** tsvisor's own. */
  readonly isOwn: boolean;
}

function flattened({ extensions, ...known }: Description): Readonly<Record<string, Option>> {
  const options: Record<string, Option> = {};
  for (const [name, value] of Object.entries(known)) options[name] = { value, isOwn: false };
  for (const [name, value] of Object.entries((extensions ?? {}) as Description))
    options[name] = { value, isOwn: true };
  return options;
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function shownValue(name: string, value: unknown): Markup {
  if (value === null || value === '') return nothing('not set');
  if (Array.isArray(value))
    return value.length === 0 ? nothing('none') : code(value.map(plain).join(', '));
  if (typeof value === 'object') return pairs(value as Description);
  if (typeof value === 'number' && name.endsWith('maxbytes')) return bytes(value);
  return code(plain(value));
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const code = (text: string): Element => element('code', { dir: 'auto' }, text);

const nothing = (text: string): Element => element('i', {}, text);

function pairs(values: Description): Element {
  const entries = Object.entries(values);
  if (entries.length === 0) return nothing('none');
  return element(
    'dl',
    {},
    ...entries.flatMap(([name, value]) => [
      element('dt', {}, code(name)),
      element('dd', {}, code(plain(value))),
    ]),
  );
}

const units = ['KiB', 'MiB', 'GiB'];

/** `52428800 (50 MiB)`. */
function bytes(value: number): Element {
  let size = value;
  let unit = -1;
  while (size >= 1024 && Number.isInteger(size / 1024) && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const text = String(value);
  return unit === -1 ? code(text) : element('span', {}, code(text), ` (${size} ${units[unit]})`);
}
