import { find } from '../dom.ts';
import { Frames } from '../log/frames.ts';
import { parseQuery } from '../log/query.ts';
import { counted } from '../log/sizes.ts';
import type { Message, Stream } from '../stream.ts';
import { EventFeed } from './feed.ts';
import { happeningOf, isWanted } from './happening.ts';
import type { Happening, Wanted } from './happening.ts';
import { eventRow } from './row.ts';

/** Rows that are drawn; the newest stands first. */
const MOST_ROWS = 500;
/** Names in the list of processes. */
const MOST_PROCESSES = 1000;

export class EventsPage {
  readonly filterField = find('find', HTMLInputElement);
  readonly #feed = new EventFeed();
  readonly #frames = new Frames(() => this.#draw());
  readonly #rows = find('events', HTMLTableSectionElement);
  readonly #processes = find('process', HTMLSelectElement);
  readonly #kinds = [...document.querySelectorAll<HTMLInputElement>('input[name="kind"]')];
  readonly #stream: Stream;
  #wanted: Wanted = { query: null, process: '' };
  #leave: () => void;

  constructor(stream: Stream) {
    this.#stream = stream;
    this.#leave = this.#subscribe();
    for (const kind of this.#kinds) {
      kind.addEventListener('change', () => {
        this.#leave();
        this.#leave = this.#subscribe();
      });
    }
    this.filterField.addEventListener('input', () => this.#filter());
    this.filterField.form?.addEventListener('submit', (submitted) => submitted.preventDefault());
    this.#processes.addEventListener('change', () => this.#filter());
    find('pause', HTMLButtonElement).addEventListener('click', () => this.togglePause());
    find('clear', HTMLButtonElement).addEventListener('click', () => {
      this.#feed.clear();
      this.#redraw();
    });
  }

  togglePause(): void {
    this.#feed.isPaused = !this.#feed.isPaused;
    const button = find('pause', HTMLButtonElement);
    button.ariaPressed = String(this.#feed.isPaused);
    button.textContent = this.#feed.isPaused ? 'Resume' : 'Pause';
    this.#frames.request();
  }

  leaveFilter(): void {
    this.filterField.value = '';
    this.#filter();
    document.querySelector<HTMLElement>('.events-box')?.focus();
  }

  #subscribe(): () => void {
    const names = this.#kinds.filter(({ checked }) => checked).map(({ value }) => value);
    if (names.length === 0) return () => undefined;
    return this.#stream.subscribe(
      () => ({ to: 'events', names }),
      (message) => this.#take(message),
    );
  }

  #take(message: Message): void {
    document.documentElement.classList.add('live');
    if (message.type === 'event') this.#feed.add(happeningOf(message));
    else if (message.type === 'missed') this.#feed.missed += Number(message['messages'] ?? 0);
    else return;
    this.#frames.request();
  }

  #filter(): void {
    let query = this.#wanted.query;
    let trouble = '';
    try {
      query = parseQuery(this.filterField.value);
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    this.filterField.ariaInvalid = String(trouble !== '');
    this.filterField.title = trouble;
    this.#wanted = { query, process: this.#processes.value };
    this.#redraw();
  }

  #redraw(): void {
    this.#rows.replaceChildren();
    this.#prepend(this.#feed.newest(this.#wanted, MOST_ROWS));
    this.#say();
  }

  #draw(): void {
    const taken = this.#feed.take();
    for (const { process } of taken) this.#knowProcess(process);
    this.#prepend(taken.filter((one) => isWanted(one, this.#wanted)).slice(-MOST_ROWS));
    this.#say();
  }

  #prepend(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return;
    const box = find('events-box', HTMLElement);
    const heightBefore = box.scrollHeight;
    this.#rows.prepend(...happenings.map(eventRow).reverse());
    while (this.#rows.childElementCount > MOST_ROWS) this.#rows.lastElementChild?.remove();
    // Whoever reads further down goes on reading.
    if (box.scrollTop > 0) box.scrollTop += box.scrollHeight - heightBefore;
  }

  #knowProcess(name: string): void {
    const { options } = this.#processes;
    if (name === '' || options.length > MOST_PROCESSES) return;
    const names = [...options].map(({ value }) => value);
    if (names.includes(name)) return;
    const option = new Option(name, name);
    this.#processes.add(option, [...options].find(({ value }) => value > name) ?? null);
  }

  #say(): void {
    const { total, waiting, missed, isPaused } = this.#feed;
    const words = [counted(total, 'event')];
    const shown = this.#rows.childElementCount;
    if (shown < total) words.push(`${shown.toLocaleString('en')} shown`);
    if (isPaused && waiting > 0) words.push(`${waiting.toLocaleString('en')} waiting`);
    if (missed > 0) words.push(`${missed.toLocaleString('en')} left out`);
    say(find('events-word', HTMLElement), words.join(', '));
    for (const { value } of this.#kinds) {
      const count = this.#feed.countOf(value);
      const place = document.querySelector<HTMLElement>(`[data-count="${value}"]`);
      if (place !== null) say(place, count === 0 ? '' : count.toLocaleString('en'));
    }
    const none = find('none', HTMLElement);
    none.hidden = shown > 0;
    say(
      none,
      total > 0 ? 'No event is like that.' : 'Nothing has happened since this page was opened.',
    );
  }
}

function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
