import type { ProcessState } from '@tsvisor/core';

import { counts } from '../../src/web/status/counts.ts';
import { find, toElement } from '../dom.ts';

/** Shows how many are in each state; whoever has the focus keeps it. */
export function showCounts(states: readonly ProcessState[]): void {
  const area = find('counts', HTMLElement);
  const made = counts(states).map((count) => {
    const shown = toElement(count);
    shown.removeAttribute('disabled');
    shown.title = 'Show these alone';
    return shown;
  });
  const text = (nodes: Iterable<Element>): string =>
    Array.from(nodes, (node) => node.textContent).join();
  if (text(area.children) === text(made) && area.querySelector('[disabled]') === null) return;
  const focused = area.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset['state']
    : undefined;
  area.replaceChildren(...made);
  made.find((shown) => shown.dataset['state'] === focused)?.focus();
}
