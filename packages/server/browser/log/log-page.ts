import { find } from '../dom.ts';
import type { Stream } from '../stream.ts';
import { Frames } from './frames.ts';
import { levelOf } from './levels.ts';
import { LogPane } from './log-pane.ts';
import { logReader } from './log-reader.ts';
import { PaneHead } from './pane-head.ts';
import { parseQuery } from './query.ts';
import type { Query } from './query.ts';
import { counted } from './sizes.ts';

/** Of each frame, so much goes into reading what has come; the rest is the browser's, to draw it. */
const READING_MS = 6;
/** Nobody sees it, so nobody waits for it. */
const UNSEEN_READING_MS = 50;
const EARLIER_BYTES = 256 * 1024;
const TYPING_MS = 120;
/** A count that changes all the time is said so often: a screen reader reads it out. */
const COUNT_MS = 1000;

interface Part {
  readonly section: HTMLElement;
  readonly pane: LogPane;
  readonly head: PaneHead;
  /** Subscribes anew. */
  again(): void;
}

/** The panes of a page, and the tools above them, which are for all of them. */
export class LogPage {
  readonly searchField = find('find', HTMLInputElement);
  readonly #parts: readonly Part[];
  readonly #frames = new Frames(() => this.#draw());
  #active: Part;
  #query: Query | null = null;
  #isPaused = false;
  #isFiltered = false;
  #saidAt = -Infinity;

  constructor(sections: readonly HTMLElement[], stream: Stream) {
    this.#parts = sections.map((section) => this.#part(section, stream));
    this.#active = this.#parts[0] as Part;
    this.#startTools();
    this.#activate(this.#active);
    this.#setWrap(kept('wrap') !== 'false');
  }

  /** Asks again for logs that were not there, or are no more. */
  retry(): void {
    for (const part of this.#parts) if (part.pane.feed.trouble !== undefined) part.again();
  }

  togglePause(): void {
    this.#isPaused = !this.#isPaused;
    for (const { pane } of this.#parts) pane.isPaused = this.#isPaused;
    press('pause', this.#isPaused);
    find('pause', HTMLButtonElement).textContent = this.#isPaused ? 'Resume' : 'Pause';
    this.#frames.request();
  }

  toggleWrap(): void {
    this.#setWrap(!document.querySelector('.panes')?.classList.contains('wrap'));
  }

  toggleFilter(): void {
    this.#isFiltered = !this.#isFiltered;
    press('only', this.#isFiltered);
    for (const { pane } of this.#parts) pane.filter(this.#isFiltered);
    this.#frames.request();
  }

  /** To the next match or the one before: in this pane, or else in one that has any. */
  move(step: 1 | -1): void {
    this.#saidAt = -Infinity;
    if (!this.#active.pane.move(step)) {
      const other = this.#parts.find(({ pane }) => pane.search.total > 0);
      if (other !== undefined) {
        this.#activate(other);
        other.pane.move(step);
      }
    }
    this.#frames.request();
  }

  follow(): void {
    this.#active.pane.view.follow();
    this.#frames.request();
  }

  toTop(): void {
    this.#active.pane.view.toTop();
    this.#frames.request();
  }

  loadEarlier(part: Part = this.#active): void {
    void part.pane.loadEarlier(EARLIER_BYTES).catch((error: unknown) => part.head.fail(error));
  }

  leaveSearch(): void {
    this.searchField.value = '';
    this.#look();
    this.focusLog();
  }

  focusLog(): void {
    this.#active.section.querySelector<HTMLElement>('.log-text')?.focus();
  }

  #part(section: HTMLElement, stream: Stream): Part {
    const box = section.querySelector<HTMLElement>('.log-text');
    if (box === null) throw new Error('a pane has no text');
    const { to, process, channel } = section.dataset;
    const pane = new LogPane({
      box,
      ...(to === 'mainlog' ? { levelOf } : {}),
      read: logReader(section.dataset['log'] ?? ''),
      changed: () => this.#frames.request(),
    });
    const head = new PaneHead(section, pane, {
      earlier: () => this.loadEarlier(part),
      toEnd: () => {
        pane.view.follow();
        this.#frames.request();
      },
    });
    const subscribe = (): (() => void) =>
      stream.subscribe(
        () => ({ to, process, channel, ...pane.feed.request() }),
        (message) => {
          document.documentElement.classList.add('live');
          pane.feed.take(message);
          this.#frames.request();
        },
      );
    let leave = subscribe();
    const part: Part = {
      section,
      pane,
      head,
      again: () => {
        leave();
        pane.feed.startAnew();
        leave = subscribe();
      },
    };
    section.addEventListener('focusin', () => this.#activate(part));
    section.addEventListener('pointerdown', () => this.#activate(part));
    return part;
  }

  #startTools(): void {
    const click = (id: string, act: () => void): void =>
      find(id, HTMLButtonElement).addEventListener('click', act);
    click('pause', () => this.togglePause());
    click('wrap', () => this.toggleWrap());
    click('only', () => this.toggleFilter());
    click('previous', () => this.move(-1));
    click('help', () => find('keys', HTMLDialogElement).showModal());
    this.searchField.form?.addEventListener('submit', (submitted) => {
      submitted.preventDefault();
      this.#look();
      this.move(1);
    });
    let typing: number | undefined;
    this.searchField.addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#look(), TYPING_MS);
    });
    for (const tab of document.querySelectorAll<HTMLElement>('[data-tab]')) {
      tab.addEventListener('click', () => {
        const part = this.#parts.find(
          ({ section }) => section.dataset['pane'] === tab.dataset['tab'],
        );
        if (part !== undefined) this.#activate(part);
      });
    }
  }

  /** Looks for what stands in the field, unless that is what is looked for already. */
  #look(): void {
    const { value } = this.searchField;
    let query: Query | null = null;
    let trouble = '';
    try {
      query = parseQuery(value);
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    this.searchField.setAttribute('aria-invalid', String(trouble !== ''));
    this.searchField.title = trouble;
    this.#saidAt = -Infinity;
    this.#frames.request();
    if (query?.pattern.toString() === this.#query?.pattern.toString()) return;
    this.#query = query;
    for (const { pane } of this.#parts) pane.look(query);
  }

  #activate(part: Part): void {
    this.#active = part;
    for (const { section } of this.#parts)
      section.classList.toggle('active', section === part.section);
    for (const tab of document.querySelectorAll<HTMLElement>('[data-tab]')) {
      tab.ariaPressed = String(tab.dataset['tab'] === part.section.dataset['pane']);
    }
    this.#frames.request();
  }

  #setWrap(isWrapped: boolean): void {
    document.querySelector('.panes')?.classList.toggle('wrap', isWrapped);
    press('wrap', isWrapped);
    keep('wrap', String(isWrapped));
  }

  #draw(): void {
    const time = document.hidden ? UNSEEN_READING_MS : READING_MS;
    let isMore = false;
    for (const { pane, head } of this.#parts) {
      isMore = pane.draw(performance.now() + time / this.#parts.length) || isMore;
      head.show();
    }
    this.#sayFound();
    if (isMore) this.#frames.request();
  }

  #sayFound(): void {
    const shown = find('found', HTMLElement);
    const { search } = this.#active.pane;
    const total = this.#parts.reduce((sum, { pane }) => sum + pane.search.total, 0);
    const { ordinal } = search;
    const text =
      this.#query === null
        ? this.searchField.title
        : ordinal === undefined
          ? counted(total, 'match', 'matches')
          : `${ordinal.toLocaleString('en')} of ${search.total.toLocaleString('en')}`;
    if (shown.textContent === text) return;
    const wait = this.#saidAt + COUNT_MS - performance.now();
    if (wait > 0) {
      setTimeout(() => this.#frames.request(), wait);
      return;
    }
    shown.textContent = text;
    this.#saidAt = performance.now();
  }
}

function press(id: string, isPressed: boolean): void {
  find(id, HTMLButtonElement).ariaPressed = String(isPressed);
}

const KEY = 'tsvisor-log-';

function kept(name: string): string | null {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    // A browser that keeps nothing for us.
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(KEY + name, value);
  } catch {
    // It holds for this page alone.
  }
}
