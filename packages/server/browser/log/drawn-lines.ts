import { fillRow } from './row-element.ts';
import type { Line, Scrollback } from './scrollback.ts';
import type { Search } from './search.ts';

/** Elements at most, but for one row; a page with more gets slow, however few are in sight. */
const MOST_ELEMENTS = 2500;

interface Drawn {
  readonly id: number;
  readonly element: HTMLElement;
  /** Elements: its own and its children's. */
  readonly cost: number;
}

/** A run of the lines as elements; lines that are not to be shown are left out of it. */
export class DrawnLines {
  readonly body = document.createElement('div');
  /** Only lines with matches are drawn. */
  isFiltered = false;
  /** The ids between which all that is to be shown is drawn. */
  from = 0;
  to = 0;
  #rows: Drawn[] = [];
  #cost = 0;
  readonly #lines: Scrollback;
  readonly #search: Search;

  constructor(lines: Scrollback, search: Search) {
    this.#lines = lines;
    this.#search = search;
    this.body.className = 'lines';
  }

  /** Nothing is drawn, and what will be begins on both sides of a line. */
  restart(id: number): void {
    this.body.replaceChildren();
    this.#rows = [];
    this.#cost = 0;
    this.from = this.to = id;
  }

  /** Draws so many of the lines that follow. */
  down(most: number): void {
    const added: Drawn[] = [];
    this.to = Math.max(this.to, this.#lines.firstId);
    for (; this.to < this.#lines.endId && added.length < most; this.to++) {
      const line = this.#lines.at(this.to);
      if (line !== undefined && this.#isShown(line)) added.push(this.#draw(line));
    }
    this.body.append(...added.map(({ element }) => element));
    this.#rows.push(...added);
  }

  /** Draws so many of the lines before. */
  up(most: number): void {
    const added: Drawn[] = [];
    while (
      this.from > this.#lines.firstId &&
      added.length < most &&
      this.#cost < MOST_ELEMENTS * 2
    ) {
      const line = this.#lines.at(--this.from);
      if (line !== undefined && this.#isShown(line)) added.push(this.#draw(line));
    }
    added.reverse();
    this.body.prepend(...added.map(({ element }) => element));
    this.#rows = [...added, ...this.#rows];
  }

  /** Takes away from the beginning what is too much. */
  trimTop(mostRows: number): void {
    let gone = 0;
    while (
      this.#rows.length - gone > 1 &&
      (this.#cost > MOST_ELEMENTS || this.#rows.length - gone > mostRows)
    ) {
      this.#erase(this.#rows[gone++] as Drawn);
    }
    if (gone === 0) return;
    this.#rows = this.#rows.slice(gone);
    this.from = this.#rows[0]?.id ?? this.to;
  }

  trimBottom(): void {
    while (this.#rows.length > 1 && this.#cost > MOST_ELEMENTS) {
      this.#erase(this.#rows.pop() as Drawn);
    }
    this.to = (this.#rows.at(-1)?.id ?? this.from - 1) + 1;
  }

  /** The element of a line. */
  elementOf(id: number): HTMLElement | undefined {
    return this.#rows.find((row) => row.id === id)?.element;
  }

  /** The first line drawn of which `isIn` holds, as it does of all that follow. */
  first(isIn: (element: HTMLElement) => boolean): Pick<Drawn, 'id' | 'element'> | undefined {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isIn((this.#rows[middle] as Drawn).element)) high = middle;
      else low = middle + 1;
    }
    return this.#rows[low];
  }

  /** The first that is drawn from an id on. */
  firstFrom(id: number): HTMLElement | undefined {
    return this.#rows.find((row) => row.id >= id)?.element;
  }

  #erase({ element, cost }: Drawn): void {
    element.remove();
    this.#cost -= cost;
  }

  #draw(line: Line): Drawn {
    const element = document.createElement('div');
    element.className = line.kind === 'marker' ? 'marker' : 'line';
    if (line.tone !== undefined) element.classList.add(line.tone);
    if (line.goesOn) element.classList.add('goes-on');
    const { current } = this.#search;
    const index = current?.id === line.id ? current.index : undefined;
    fillRow(element, line, this.#search.matchesOf(line), index);
    const cost = 1 + element.childElementCount;
    this.#cost += cost;
    return { id: line.id, element, cost };
  }

  #isShown(line: Line): boolean {
    return (
      !this.isFiltered ||
      this.#search.query === null ||
      line.kind === 'marker' ||
      this.#search.countOf(line.id) > 0
    );
  }
}
