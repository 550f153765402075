import { dismissToasts } from '../toasts.ts';
import type { Filter } from './filter.ts';

/** `/` goes to the filter, Escape empties it, the arrows go from row to row. */
export function startKeys({ field, clear }: Filter): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (event.key === '/' && !isWriting()) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === 'Escape' && !dismissToasts()) {
      if (field.value !== '') clear();
      else if (document.activeElement === field) field.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (move(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    }
  });
}

const isWriting = (): boolean =>
  document.activeElement?.matches('input:not([type="hidden"]), select, textarea') === true;

const controls = 'a:not(.hidden), button:not([hidden])';

/** From a control in the table to the like one of the next row that has any. */
function move(by: 1 | -1): boolean {
  const from = document.activeElement;
  const row = from?.closest('#programs tr');
  if (from === null || row === null || row === undefined) return false;
  const rows = [...document.querySelectorAll<HTMLElement>('#programs tbody tr:not([hidden])')];
  const to = rows[rows.indexOf(row as HTMLElement) + by];
  if (to === undefined) return false;
  const at = [...row.querySelectorAll('td, th')].findIndex((cell) => cell.contains(from));
  const cell = to.querySelectorAll('td, th')[at] ?? to;
  const like = [...cell.querySelectorAll<HTMLElement>(controls)];
  const within = [...(row.querySelectorAll('td, th')[at]?.querySelectorAll(controls) ?? [])];
  const next = like[within.indexOf(from)] ?? like[0] ?? to.querySelector<HTMLElement>(controls);
  next?.focus();
  return next !== null && next !== undefined;
}
