import { post } from '../post.ts';
import { toast } from '../toasts.ts';

const SURE_MS = 4000;

/** A log is emptied without leaving the page, and only if asked for twice. */
export function startClear(): void {
  const form = document.querySelector<HTMLFormElement>('form.clear');
  const button = form?.querySelector('button');
  if (form === null || button === null || button === undefined) return;
  const label = button.textContent;
  const calm = (): void => {
    button.classList.remove('sure');
    button.textContent = label;
  };
  button.addEventListener('blur', calm);
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    if (!button.classList.contains('sure')) {
      button.classList.add('sure');
      button.textContent = 'Really clear?';
      setTimeout(calm, SURE_MS);
      return;
    }
    calm();
    const values = Object.fromEntries(
      [...new FormData(form)].map(([key, value]) => [key, typeof value === 'string' ? value : '']),
    );
    void post(form.getAttribute('action') ?? '', { ...values, action: 'clear' }).then(
      ({ message, failed }) => {
        if (message !== null) toast(message, failed);
      },
    );
  });
}
