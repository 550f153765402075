import { find } from '../dom.ts';

type Send = (address: string, values: Readonly<Record<string, string>>) => void;

/** Has links to the page of signals open a dialog instead. */
export function offerSignals(send: Send): void {
  const dialog = find('signal-dialog', HTMLDialogElement);
  const choice = find('signal', HTMLSelectElement);
  let values: Readonly<Record<string, string>> = {};
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const address = link?.getAttribute('href') ?? '';
    if (!/^signal\.html(?:\?|$)/.test(address) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    values = Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? ''));
    find('signal-title', HTMLElement).textContent = `Signal ${whom(values)}`;
    dialog.showModal();
  });
  dialog.querySelector('.cancel')?.addEventListener('click', () => dialog.close());
  dialog.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    dialog.close();
    send(`index.html?action=${actionFor(values)}`, { ...values, signal: choice.value });
  });
}

const actionFor = ({ processname, groupname }: Readonly<Record<string, string>>): string =>
  processname !== undefined ? 'signal' : groupname !== undefined ? 'signalgroup' : 'signalall';

const whom = ({ processname, groupname }: Readonly<Record<string, string>>): string =>
  processname ?? (groupname === undefined ? 'all programs' : `group ${groupname}`);
