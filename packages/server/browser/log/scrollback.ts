import type { Row } from './row.ts';

export interface Line extends Row {
  /** Consecutive, and never given twice. Lines that were loaded later, but are older, have lower ones. */
  readonly id: number;
  /** `output` is the log's, a `marker` is the page's own word about it. */
  readonly kind: 'output' | 'marker';
  /** It is so long that it goes on in the next line. */
  readonly goesOn: boolean;
  /** How urgent it is, where that can be told: a class of the style sheet. */
  readonly tone?: string | undefined;
}

export interface Bounds {
  readonly mostLines: number;
  readonly mostCharacters: number;
}

export const usualBounds: Bounds = { mostLines: 10_000, mostCharacters: 4 * 1024 * 1024 };

/** The newest lines of a log, as many as the bounds allow. */
export class Scrollback {
  /** Lines that had to go, the oldest first. */
  dropped = 0;
  #lines: Line[] = [];
  /** Where in the array the oldest line is: taking away at the front one by one is slow. */
  #head = 0;
  #first = 0;
  #characters = 0;
  readonly #bounds: Bounds;

  constructor(bounds: Bounds = usualBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#lines.length - this.#head;
  }

  get characters(): number {
    return this.#characters;
  }

  /** The id of the oldest line; that of the next one if there is none. */
  get firstId(): number {
    return this.#first;
  }

  /** The id that the next line will have. */
  get endId(): number {
    return this.#first + this.length;
  }

  at(id: number): Line | undefined {
    return id < this.#first ? undefined : this.#lines[this.#head + id - this.#first];
  }

  /** @returns what had to go */
  append(line: Omit<Line, 'id'>): readonly Line[] {
    this.#lines.push({ ...line, id: this.endId });
    this.#characters += line.text.length;
    const gone: Line[] = [];
    while (this.#isFull() && this.length > 1) gone.push(this.#dropFirst());
    return gone;
  }

  /** Puts older lines before all others, as many of their end as there is room for. */
  prepend(lines: readonly Omit<Line, 'id'>[]): readonly Line[] {
    let characters = this.#characters;
    let from = lines.length;
    while (from > 0 && this.length + lines.length - from < this.#bounds.mostLines) {
      characters += lines[from - 1]?.text.length ?? 0;
      if (characters > this.#bounds.mostCharacters) break;
      from--;
    }
    const first = this.#first - (lines.length - from);
    const added = lines.slice(from).map((line, index) => ({ ...line, id: first + index }));
    this.#lines = [...added, ...this.#lines.slice(this.#head)];
    this.#head = 0;
    this.#first = first;
    for (const { text } of added) this.#characters += text.length;
    return added;
  }

  /** Whether there is room for older lines. */
  get hasRoom(): boolean {
    const { mostLines, mostCharacters } = this.#bounds;
    return this.length < mostLines && this.#characters < mostCharacters;
  }

  clear(): void {
    this.#first = this.endId;
    this.#lines = [];
    this.#head = 0;
    this.#characters = 0;
    this.dropped = 0;
  }

  #isFull(): boolean {
    const { mostLines, mostCharacters } = this.#bounds;
    return this.length > mostLines || this.#characters > mostCharacters;
  }

  #dropFirst(): Line {
    const line = this.#lines[this.#head] as Line;
    this.#head++;
    this.#first++;
    this.#characters -= line.text.length;
    if (line.kind === 'output') this.dropped++;
    if (this.#head > 1024 && this.#head > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#head);
      this.#head = 0;
    }
    return line;
  }
}
