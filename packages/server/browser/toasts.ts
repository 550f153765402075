import { element } from '../src/web/status/markup.ts';
import { toElement } from './dom.ts';

const GOOD_NEWS_MS = 5000;

/** Says what came of an action, above the page: good news go by themselves, others when sent away. */
export function toast(message: string, failed: boolean): void {
  const shown = toElement(
    element(
      'div',
      { class: failed ? 'toast failed' : 'toast' },
      element('span', {}, message),
      element('button', { 'aria-label': 'Dismiss', type: 'button' }, '\u00d7'),
    ),
  );
  const dismiss = (): void => shown.remove();
  shown.querySelector('button')?.addEventListener('click', dismiss);
  area(failed).append(shown);
  if (!failed) setTimeout(dismiss, GOOD_NEWS_MS);
}

/** Two, for a screen reader interrupts itself for the one and not for the other. */
function area(failed: boolean): HTMLElement {
  const id = failed ? 'alerts' : 'toasts';
  const there = document.getElementById(id);
  if (there !== null) return there;
  const made = toElement(
    element('div', { class: 'toasts', id, role: failed ? 'alert' : 'status' }),
  );
  document.body.append(made);
  return made;
}

/** Whether there was one to send away. */
export function dismissToasts(): boolean {
  const shown = document.querySelectorAll('.toast');
  for (const one of shown) one.remove();
  return shown.length > 0;
}
