import { DrawnLines } from './drawn-lines.ts';
import { fillRow } from './row-element.ts';
import type { Row } from './row.ts';
import type { Scrollback } from './scrollback.ts';
import type { Search } from './search.ts';

/** Rows that are kept above the last while the end is followed. */
const FOLLOWED_ROWS = 400;
/** Rows that are added when the reader comes near an end of what is drawn. */
const STEP = 250;

export interface LogViewOptions {
  /** Scrolls. */
  readonly box: HTMLElement;
  readonly lines: Scrollback;
  readonly search: Search;
  /** Whether the end is followed has changed. */
  readonly followed: () => void;
}

/** Draws a part of the lines: those around where the reader is, or the last. */
export class LogView {
  isFollowing = true;
  #top = 0;
  readonly #drawn: DrawnLines;
  readonly #open = document.createElement('div');
  #openRow: Row | undefined;
  readonly #options: LogViewOptions;

  constructor(options: LogViewOptions) {
    this.#options = options;
    const { box, lines, search } = options;
    this.#drawn = new DrawnLines(lines, search);
    this.#open.className = 'line open';
    this.#open.hidden = true;
    box.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    box.addEventListener(
      'wheel',
      ({ deltaY }) => deltaY < 0 && box.scrollTop > 0 && this.#leave(),
      { passive: true },
    );
    new ResizeObserver(() => this.isFollowing && this.#toBottom()).observe(box);
  }

  /** Only lines with matches are drawn, or all. */
  filter(isFiltered: boolean): void {
    this.#drawn.isFiltered = isFiltered;
    this.redraw();
  }

  /** Draws what has been added since; the first time in place of what the server has drawn. */
  update(open: Row): void {
    const { lines, box } = this.#options;
    if (!this.#drawn.body.isConnected) box.replaceChildren(this.#drawn.body, this.#open);
    if (this.isFollowing) {
      const added = lines.endId - this.#drawn.to;
      if (added > FOLLOWED_ROWS && !this.#drawn.isFiltered) this.#restart(lines.endId);
      else this.#drawn.down(Infinity);
      this.#drawn.trimTop(FOLLOWED_ROWS);
      // A reader who listens cannot listen to a flood.
      box.ariaLive = added > 5 ? 'off' : 'polite';
    } else if (this.#drawn.to < lines.endId) {
      this.#fillBelow();
    }
    this.#drawOpen(open);
    if (this.isFollowing) this.#toBottom();
  }

  /** Goes to the end, and stays there. */
  follow(): void {
    if (this.#drawn.to !== this.#options.lines.endId) this.#restart(this.#options.lines.endId);
    this.#drawOpen(this.#openRow);
    this.#toBottom();
    this.#setFollowing(true);
  }

  toTop(): void {
    this.#leave();
    this.#restart(this.#options.lines.firstId);
    this.#drawn.down(STEP);
    this.#options.box.scrollTop = 0;
  }

  /** Scrolls a line into view, and draws it anew. */
  show(id: number): void {
    this.#leave();
    const { lines, box } = this.#options;
    if (id < this.#drawn.from || id >= this.#drawn.to) {
      this.#restart(Math.max(lines.firstId, id));
      this.#drawn.up(STEP / 2);
      this.#drawn.down(STEP);
    }
    this.redraw();
    const line = this.#drawn.elementOf(id);
    const target = line?.querySelector('.current') ?? line;
    if (target === undefined) return;
    const within = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (within < 0 || within > box.clientHeight - 40) {
      box.scrollTop += within - box.clientHeight / 3;
    }
  }

  /** Draws everything anew, since what is looked for has changed; the place stays. */
  redraw(): void {
    if (this.isFollowing) {
      this.#restart(this.#options.lines.endId);
      this.#drawn.up(FOLLOWED_ROWS);
      this.#toBottom();
      return;
    }
    const first = this.#firstInView();
    const at = first?.id ?? this.#drawn.from;
    const offset = first === undefined ? 0 : this.#offsetOf(first.element);
    this.#restart(at);
    this.#drawn.down(STEP);
    this.#drawn.up(STEP);
    const again = this.#drawn.firstFrom(at);
    if (again !== undefined) this.#options.box.scrollTop += this.#offsetOf(again) - offset;
  }

  /** Older lines have been put before the first. */
  addedBefore(): void {
    this.#keepingPlace(() => this.#drawn.up(STEP));
  }

  /** The id of the line that stands at the top of what is in sight. */
  get firstIdInView(): number {
    return this.#firstInView()?.id ?? this.#drawn.from;
  }

  #scrolled(): void {
    const { box, lines } = this.#options;
    const { scrollTop, clientHeight } = box;
    if (this.isFollowing && scrollTop < this.#top - 1) this.#leave();
    this.#top = scrollTop;
    if (this.isFollowing) return;
    if (scrollTop < clientHeight && this.#drawn.from > lines.firstId) {
      this.#keepingPlace(() => {
        this.#drawn.up(STEP);
        this.#drawn.trimBottom();
      });
    }
    if (this.#drawn.to < lines.endId) this.#fillBelow();
    else if (this.#below < 4) this.#setFollowing(true);
  }

  /** How much there is to scroll yet. */
  get #below(): number {
    const { scrollTop, clientHeight, scrollHeight } = this.#options.box;
    return scrollHeight - clientHeight - scrollTop;
  }

  /** Draws more where the reader is near the end of what is drawn. */
  #fillBelow(): void {
    const { box } = this.#options;
    if (this.#below >= box.clientHeight) return;
    this.#keepingPlace(() => {
      this.#drawn.down(STEP);
      this.#drawn.trimTop(Infinity);
    });
    // All is in sight: there is nowhere else to be than at the end.
    if (box.scrollHeight <= box.clientHeight) this.#setFollowing(true);
  }

  #leave(): void {
    this.#setFollowing(false);
  }

  #setFollowing(isFollowing: boolean): void {
    if (this.isFollowing === isFollowing) return;
    this.isFollowing = isFollowing;
    this.#options.followed();
  }

  #toBottom(): void {
    const { box } = this.#options;
    box.scrollTop = box.scrollHeight;
    this.#top = box.scrollTop;
  }

  #restart(id: number): void {
    this.#drawn.restart(id);
    if (id === this.#options.lines.endId) this.#drawn.up(FOLLOWED_ROWS);
  }

  #firstInView(): ReturnType<DrawnLines['first']> {
    return this.#drawn.first((element) => this.#offsetOf(element) + element.offsetHeight > 0);
  }

  #drawOpen(row: Row | undefined): void {
    const isNext = this.#drawn.to === this.#options.lines.endId && !this.#drawn.isFiltered;
    this.#open.hidden = row === undefined || row.text === '' || !isNext;
    if (row === undefined || this.#openRow === row) return;
    this.#openRow = row;
    fillRow(this.#open, row);
  }

  /** From the top of what is in sight. */
  #offsetOf(element: HTMLElement): number {
    const { box } = this.#options;
    return element.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }

  #keepingPlace(change: () => void): void {
    const first = this.#firstInView();
    const before = first === undefined ? 0 : this.#offsetOf(first.element);
    change();
    if (first?.element.isConnected !== true) return;
    this.#options.box.scrollTop += this.#offsetOf(first.element) - before;
    this.#top = this.#options.box.scrollTop;
  }
}
