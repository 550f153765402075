/** While nobody sees the page, its frames do not come. */
const UNSEEN_MS = 500;

/** Calls once before the next time the page is drawn, however often it was asked to. */
export class Frames {
  #isDue = false;
  readonly #draw: () => void;

  constructor(draw: () => void) {
    this.#draw = draw;
    document.addEventListener('visibilitychange', () => this.#isDue && this.#schedule());
  }

  request(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#schedule();
  }

  #schedule(): void {
    const run = (): void => {
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#draw();
    };
    if (document.hidden) setTimeout(run, UNSEEN_MS);
    else requestAnimationFrame(run);
  }
}
