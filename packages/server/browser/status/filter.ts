import { find } from '../dom.ts';
import type { Programs } from './programs.ts';
import type { Row } from './row.ts';

export interface Filter {
  readonly field: HTMLInputElement;
  readonly apply: () => void;
  readonly clear: () => void;
}

/** Shows the programs alone in whose name, group and state all the words stand. */
export function startFilter(programs: Programs, announce: (text: string) => void): Filter {
  const field = find('filter', HTMLInputElement);
  const counts = find('counts', HTMLElement);
  const apply = (): void => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const groups = new Set<string>();
    for (const row of programs.rows) {
      const isShown = fits(row, words);
      if (isShown) groups.add(row.group);
      row.shown.hidden = !isShown || (words.length === 0 && programs.folds.isFolded(row.group));
    }
    for (const [group, shown] of programs.groupRows) shown.hidden = !groups.has(group);
    for (const count of counts.querySelectorAll('button'))
      count.setAttribute('aria-pressed', String(words.includes(stateWord(count))));
  };
  const changed = (): void => {
    apply();
    const rows = [...programs.rows];
    announce(`${rows.filter(({ shown }) => !shown.hidden).length} of ${rows.length} programs`);
  };
  const set = (value: string): void => {
    field.value = value;
    changed();
  };
  field.addEventListener('input', changed);
  counts.addEventListener('click', ({ target }) => {
    const count = target instanceof Element ? target.closest('button') : null;
    if (count === null) return;
    set(count.getAttribute('aria-pressed') === 'true' ? '' : stateWord(count));
  });
  field.hidden = false;
  return { field, apply, clear: () => set('') };
}

const stateWord = (count: HTMLElement): string => (count.dataset['state'] ?? '').toLowerCase();

function fits({ namespec, group, state }: Row, words: readonly string[]): boolean {
  const text = `${namespec} ${group} ${state}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
