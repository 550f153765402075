import { element } from '../../src/web/status/markup.ts';
import { toElement } from '../dom.ts';

/** Says above the programs that the daemon is ending, while it is. */
export function showSupervisor(state: string): void {
  document.getElementById('ending')?.remove();
  if (state === 'RUNNING') return;
  const text = `${state}: all programs are being stopped.`;
  const said = element('div', { class: 'status_msg', id: 'ending', role: 'alert' }, text);
  document.getElementById('message')?.after(toElement(said));
}
