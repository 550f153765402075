// What changes, for those who listen to the page: a few words, not each of a hundred.
import { find } from '../dom.ts';
import type { Change } from './programs.ts';

const PAUSE_MS = 700;
const MOST = 3;

const changed = new Map<string, string>();
let timer: number | undefined;

export function announceChanges(changes: readonly Change[]): void {
  for (const { row } of changes) changed.set(row.namespec, row.state.toLowerCase());
  if (changed.size === 0 || timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    announce(
      changed.size > MOST
        ? `${changed.size} programs have changed their state`
        : Array.from(changed, ([name, state]) => `${name} is ${state}`).join(', '),
    );
    changed.clear();
  }, PAUSE_MS);
}

export function announce(text: string): void {
  find('announcements', HTMLElement).textContent = text;
}
