import type { ProcessDocument } from '../../src/api/process-document.ts';
import { stateClass } from '../../src/web/status/states.ts';
import type { Stream } from '../stream.ts';

/** Shows the state of the page's process; a start may make a log of which there was none. */
export function startState(stream: Stream, started: () => void): void {
  const name = document.querySelector<HTMLElement>('.log-page')?.dataset['process'];
  if (name === undefined) return;
  stream.subscribe(
    () => ({ to: 'states' }),
    (message) => {
      if (message.type === 'states') {
        const found = (message['processes'] as ProcessDocument[]).find(
          ({ namespec }) => namespec === name,
        );
        if (found !== undefined) show(found);
      } else if (message.type === 'state') {
        const process = message['process'] as ProcessDocument;
        if (process.namespec !== name) return;
        show(process);
        if (process.state === 'STARTING' || process.state === 'RUNNING') started();
      } else if (message.type === 'removed' && message['process'] === name) {
        say('statusnominal', 'removed', '');
      }
    },
  );
}

const show = ({ state, description }: ProcessDocument): void =>
  say(stateClass(state), state.toLowerCase(), description);

function say(className: string, state: string, description: string): void {
  document.getElementById('head')?.setAttribute('data-state', state.toUpperCase());
  const shown = document.getElementById('state');
  if (shown !== null) {
    shown.className = className;
    shown.textContent = state;
  }
  const described = document.getElementById('description');
  if (described !== null) described.textContent = description;
}
