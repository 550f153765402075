import { find } from '../dom.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
}

/** The actions that are asked about before they are done. */
export const questions: Readonly<Record<string, Question>> = {
  stopall: { title: 'Stop all programs?', text: 'None of them runs afterwards.', yes: 'Stop All' },
  restartall: {
    title: 'Restart all programs?',
    text: 'All are stopped, and then all are started, also those that do not run now.',
    yes: 'Restart All',
  },
  clearall: {
    title: 'Clear the logs of all programs?',
    text: 'What is in them is lost.',
    yes: 'Clear All Logs',
  },
};

/** Whether somebody says yes; nobody is asked where there is no question. */
export function confirmed(question: Question | undefined): Promise<boolean> {
  if (question === undefined) return Promise.resolve(true);
  const dialog = find('confirm', HTMLDialogElement);
  find('confirm-title', HTMLElement).textContent = question.title;
  find('confirm-text', HTMLElement).textContent = question.text;
  find('confirm-yes', HTMLButtonElement).textContent = question.yes;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
