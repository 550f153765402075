// The pages of logs: one for the channels of a process, one for the daemon's own.
import { startClear } from './log/clear-button.ts';
import { startLogKeys } from './log/keys.ts';
import { LogPage } from './log/log-page.ts';
import { startState } from './log/state.ts';
import { startShell } from './shell.ts';
import { Stream, showLink } from './stream.ts';

startShell();
const boxes = [...document.querySelectorAll<HTMLElement>('.pane')];
if (boxes.length > 0) {
  const stream = new Stream();
  showLink(stream);
  const page = new LogPage(boxes, stream);
  startState(stream, () => page.retry());
  startClear();
  startLogKeys(page);
}
