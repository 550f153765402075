// What every page's script begins with: the parts of the shell that need one.
import { chooseScheme, chosenScheme, schemes } from './scheme.ts';

/** Makes the header's buttons work. */
export function startShell(): void {
  const button = document.getElementById('scheme');
  if (!(button instanceof HTMLButtonElement)) return;
  const show = (): void => {
    const scheme = chosenScheme();
    button.dataset['scheme'] = scheme;
    button.title = `Colours: ${scheme}`;
    button.setAttribute('aria-label', button.title);
  };
  button.addEventListener('click', () => {
    const at = schemes.indexOf(chosenScheme());
    chooseScheme(schemes[(at + 1) % schemes.length] ?? 'auto');
    show();
  });
  show();
  button.hidden = false;
}
