import { find } from '../dom.ts';
import type { LogPage } from './log-page.ts';

/** The keys of the list in the page's help. */
export function startLogKeys(page: LogPage): void {
  const acts: Readonly<Record<string, () => void>> = {
    '/': () => {
      page.searchField.focus();
      page.searchField.select();
    },
    n: () => page.move(1),
    N: () => page.move(-1),
    f: () => page.toggleFilter(),
    ' ': () => page.togglePause(),
    p: () => page.togglePause(),
    g: () => page.toTop(),
    G: () => page.follow(),
    End: () => page.follow(),
    w: () => page.toggleWrap(),
    e: () => page.loadEarlier(),
    '?': () => find('keys', HTMLDialogElement).showModal(),
  };
  document.addEventListener('keydown', (pressed) => {
    const { key, target, ctrlKey, altKey, metaKey } = pressed;
    if (ctrlKey || altKey || metaKey || document.querySelector('dialog[open]') !== null) return;
    if (target === page.searchField) {
      if (key === 'Escape') page.leaveSearch();
      if (key === 'Enter' && pressed.shiftKey) {
        pressed.preventDefault();
        page.move(-1);
      }
      return;
    }
    if (isInput(target) || (key === ' ' && isPressable(target))) return;
    const act = acts[key];
    if (act === undefined) return;
    pressed.preventDefault();
    act();
  });
}

const isInput = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

/** What the space bar presses. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
