// The page of events, live.
import { EventsPage } from './events/page.ts';
import { startShell } from './shell.ts';
import { Stream, showLink } from './stream.ts';

startShell();
const stream = new Stream();
showLink(stream);
const page = new EventsPage(stream);

document.addEventListener('keydown', (pressed) => {
  const { key, target, ctrlKey, altKey, metaKey } = pressed;
  if (ctrlKey || altKey || metaKey) return;
  if (target === page.filterField) {
    if (key === 'Escape') page.leaveFilter();
    return;
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
  if (key === '/') page.filterField.focus();
  else if (key === 'p' || (key === ' ' && !(target instanceof HTMLButtonElement)))
    page.togglePause();
  else return;
  pressed.preventDefault();
});
