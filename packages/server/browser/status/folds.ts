const KEY = 'tsvisor-folded';

/** Which groups are folded, for as long as the browser's tab is there. */
export class Folds {
  readonly #folded: Set<string>;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#folded = new Set(kept());
  }

  isFolded(group: string): boolean {
    return this.#folded.has(group);
  }

  /** Makes the button of a group's row work. */
  offer(group: string, shown: HTMLElement): void {
    const button = shown.querySelector<HTMLElement>('.fold');
    if (button === null) return;
    const show = (): void => button.setAttribute('aria-expanded', String(!this.isFolded(group)));
    button.hidden = false;
    button.addEventListener('click', () => {
      if (!this.#folded.delete(group)) this.#folded.add(group);
      keep([...this.#folded]);
      show();
      this.#changed();
    });
    show();
  }
}

function kept(): readonly string[] {
  try {
    return (JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown[]).map(String);
  } catch {
    // Nothing, or nothing of ours.
    return [];
  }
}

function keep(folded: readonly string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(folded));
  } catch {
    // It holds for this page alone.
  }
}
