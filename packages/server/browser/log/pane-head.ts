import type { LogPane } from './log-pane.ts';
import { counted } from './sizes.ts';

export interface PaneActs {
  readonly earlier: () => void;
  readonly toEnd: () => void;
}

/** What stands above and below the text of a pane. */
export class PaneHead {
  readonly #pane: LogPane;
  readonly #word: HTMLElement;
  readonly #found: HTMLElement;
  readonly #earlier: HTMLButtonElement;
  readonly #toEnd: HTMLButtonElement;
  #failure: string | undefined;

  constructor(section: HTMLElement, pane: LogPane, acts: PaneActs) {
    const part = <T extends HTMLElement>(selector: string): T => {
      const found = section.querySelector<T>(selector);
      if (found === null) throw new Error(`a pane has no ${selector}`);
      return found;
    };
    this.#pane = pane;
    this.#word = part('.pane-word');
    this.#found = part('.pane-found');
    this.#earlier = part<HTMLButtonElement>('.earlier');
    this.#toEnd = part<HTMLButtonElement>('.to-end');
    this.#earlier.addEventListener('click', () => {
      this.#failure = undefined;
      acts.earlier();
    });
    this.#toEnd.addEventListener('click', acts.toEnd);
  }

  fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.show();
  }

  show(): void {
    const { search, view, unseen, isLoading, canLoadEarlier, word } = this.#pane;
    say(this.#word, this.#failure ?? word);
    say(this.#found, search.query === null ? '' : counted(search.total, 'match', 'matches'));
    this.#earlier.hidden = !canLoadEarlier;
    this.#earlier.disabled = isLoading;
    this.#toEnd.hidden = view.isFollowing;
    say(this.#toEnd, unseen === 0 ? '\u2193 To the end' : `\u2193 ${counted(unseen, 'new line')}`);
  }
}

/** What says the same already is left alone: a screen reader would say it again. */
function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
