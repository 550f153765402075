import { fillRow } from './row-element.ts';
import type { Row } from './row.ts';
import type { Line, Scrollback } from './scrollback.ts';
import type { Search } from './search.ts';

/** Elements at most, but for one row; a page with more gets slow, however few are in sight. */
const MOST_ELEMENTS = 2500;
/** Rows that are kept above the last while the end is followed. */
const FOLLOWED_ROWS = 400;
/** Rows that are added when the reader comes near an end of what is drawn. */
const STEP = 250;

interface Drawn {
  readonly id: number;
  readonly element: HTMLElement;
  /** Elements: its own and its children's. */
  readonly cost: number;
}

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
  /** Only lines with matches are drawn. */
  isFiltered = false;
  #rows: Drawn[] = [];
  #cost = 0;
  /** The ids between which all that is to be drawn is drawn. */
  #from = 0;
  #to = 0;
  #top = 0;
  readonly #body = document.createElement('div');
  readonly #open = document.createElement('div');
  #openRow: Row | undefined;
  readonly #options: LogViewOptions;

  constructor(options: LogViewOptions) {
    this.#options = options;
    const { box } = options;
    this.#body.className = 'lines';
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

  /** Draws what has been added since; the first time in place of what the server has drawn. */
  update(open: Row): void {
    const { lines, box } = this.#options;
    if (!this.#body.isConnected) box.replaceChildren(this.#body, this.#open);
    if (this.isFollowing) {
      const added = lines.endId - this.#to;
      if (added > FOLLOWED_ROWS && !this.isFiltered) this.#restart(lines.endId);
      else this.#down(Infinity);
      this.#trimTop(FOLLOWED_ROWS);
      // A reader who listens cannot listen to a flood.
      box.ariaLive = added > 5 ? 'off' : 'polite';
    } else if (this.#to < lines.endId) {
      this.#fillBelow();
    }
    this.#drawOpen(open);
    if (this.isFollowing) this.#toBottom();
  }

  /** Goes to the end, and stays there. */
  follow(): void {
    if (this.#to !== this.#options.lines.endId) this.#restart(this.#options.lines.endId);
    this.#drawOpen(this.#openRow);
    this.#toBottom();
    this.#setFollowing(true);
  }

  toTop(): void {
    this.#leave();
    this.#restart(this.#options.lines.firstId);
    this.#down(STEP);
    this.#options.box.scrollTop = 0;
  }

  /** Scrolls a line into view, and draws it anew. */
  show(id: number): void {
    this.#leave();
    const { lines, box } = this.#options;
    if (id < this.#from || id >= this.#to) {
      this.#restart(Math.max(lines.firstId, id));
      this.#up(STEP / 2);
      this.#down(STEP);
    }
    this.redraw();
    const row = this.#rows.find((one) => one.id === id);
    const target = row?.element.querySelector('.current') ?? row?.element;
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
      this.#up(FOLLOWED_ROWS);
      this.#toBottom();
      return;
    }
    const first = this.#firstInView();
    const at = first?.id ?? this.#from;
    const offset = first === undefined ? 0 : this.#offsetOf(first.element);
    this.#restart(at);
    this.#down(STEP);
    this.#up(STEP);
    const again = this.#rows.find((one) => one.id >= at);
    if (again !== undefined) this.#options.box.scrollTop += this.#offsetOf(again.element) - offset;
  }

  /** Older lines have been put before the first. */
  addedBefore(): void {
    this.#keepingPlace(() => this.#up(STEP));
  }

  clear(): void {
    this.#restart(this.#options.lines.endId);
    this.#drawOpen(undefined);
  }

  /** The id of the line that stands at the top of what is in sight. */
  get firstIdInView(): number {
    return this.#firstInView()?.id ?? this.#from;
  }

  #scrolled(): void {
    const { box, lines } = this.#options;
    const { scrollTop, clientHeight } = box;
    if (this.isFollowing && scrollTop < this.#top - 1) this.#leave();
    this.#top = scrollTop;
    if (this.isFollowing) return;
    if (scrollTop < clientHeight && this.#from > lines.firstId) {
      this.#keepingPlace(() => {
        this.#up(STEP);
        this.#trimBottom();
      });
    }
    if (this.#to < lines.endId) this.#fillBelow();
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
      this.#down(STEP);
      this.#trimTop(Infinity);
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

  /** Nothing is drawn, and what will be begins on both sides of a line. */
  #restart(id: number): void {
    this.#body.replaceChildren();
    this.#rows = [];
    this.#cost = 0;
    this.#from = this.#to = id;
    if (id === this.#options.lines.endId) this.#up(FOLLOWED_ROWS);
  }

  #down(most: number): void {
    const { lines } = this.#options;
    const added: Drawn[] = [];
    this.#to = Math.max(this.#to, lines.firstId);
    for (; this.#to < lines.endId && added.length < most; this.#to++) {
      const line = lines.at(this.#to);
      if (line !== undefined && this.#isShown(line)) added.push(this.#draw(line));
    }
    this.#body.append(...added.map(({ element }) => element));
    this.#rows.push(...added);
  }

  #up(most: number): void {
    const { lines } = this.#options;
    const added: Drawn[] = [];
    while (this.#from > lines.firstId && added.length < most && this.#cost < MOST_ELEMENTS * 2) {
      const line = lines.at(--this.#from);
      if (line !== undefined && this.#isShown(line)) added.push(this.#draw(line));
    }
    added.reverse();
    this.#body.prepend(...added.map(({ element }) => element));
    this.#rows = [...added, ...this.#rows];
  }

  #trimTop(mostRows: number): void {
    let gone = 0;
    while (
      this.#rows.length - gone > 1 &&
      (this.#cost > MOST_ELEMENTS || this.#rows.length - gone > mostRows)
    ) {
      this.#erase(this.#rows[gone++] as Drawn);
    }
    if (gone === 0) return;
    this.#rows = this.#rows.slice(gone);
    this.#from = this.#rows[0]?.id ?? this.#to;
  }

  #trimBottom(): void {
    while (this.#rows.length > 1 && this.#cost > MOST_ELEMENTS) {
      this.#erase(this.#rows.pop() as Drawn);
    }
    this.#to = (this.#rows.at(-1)?.id ?? this.#from - 1) + 1;
  }

  #erase({ element, cost }: Drawn): void {
    element.remove();
    this.#cost -= cost;
  }

  #draw(line: Line): Drawn {
    const { search } = this.#options;
    const element = document.createElement('div');
    element.className = line.kind === 'marker' ? 'marker' : 'line';
    if (line.tone !== undefined) element.classList.add(line.tone);
    if (line.goesOn) element.classList.add('goes-on');
    const { current } = search;
    const index = current?.id === line.id ? current.index : undefined;
    fillRow(element, line, search.matchesOf(line), index);
    const cost = 1 + element.childElementCount;
    this.#cost += cost;
    return { id: line.id, element, cost };
  }

  #drawOpen(row: Row | undefined): void {
    const isNext = this.#to === this.#options.lines.endId && !this.isFiltered;
    this.#open.hidden = row === undefined || row.text === '' || !isNext;
    if (row === undefined || this.#openRow === row) return;
    this.#openRow = row;
    fillRow(this.#open, row);
  }

  #isShown(line: Line): boolean {
    return (
      !this.isFiltered ||
      this.#options.search.query === null ||
      line.kind === 'marker' ||
      this.#options.search.countOf(line.id) > 0
    );
  }

  #firstInView(): Drawn | undefined {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rows[middle] as Drawn;
      if (this.#offsetOf(row.element) + row.element.offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    return this.#rows[low];
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
