import { matchesIn } from './query.ts';
import type { Match, Query } from './query.ts';
import type { Line, Scrollback } from './scrollback.ts';

/** One of the matches: in which line, and which of that line's. */
export interface Place {
  readonly id: number;
  readonly index: number;
}

/** What is looked for in the lines that are kept, and where it is. */
export class Search {
  total = 0;
  current: Place | undefined;
  #query: Query | null = null;
  /** How many matches, by the ids of the lines that have any. */
  readonly #counts = new Map<number, number>();
  readonly #lines: Scrollback;

  constructor(lines: Scrollback) {
    this.#lines = lines;
  }

  get query(): Query | null {
    return this.#query;
  }

  look(query: Query | null): void {
    this.#query = query;
    this.#counts.clear();
    this.total = 0;
    this.current = undefined;
    if (query === null) return;
    for (let id = this.#lines.firstId; id < this.#lines.endId; id++) this.add(this.#lines.at(id));
  }

  add(line: Line | undefined): void {
    if (this.#query === null || line === undefined || line.kind === 'marker') return;
    const { length } = matchesIn(this.#query, line.text);
    if (length === 0) return;
    this.#counts.set(line.id, length);
    this.total += length;
  }

  forget(id: number): void {
    this.total -= this.countOf(id);
    this.#counts.delete(id);
    if (this.current?.id === id) this.current = undefined;
  }

  countOf(id: number): number {
    return this.#counts.get(id) ?? 0;
  }

  matchesOf(line: Line): readonly Match[] {
    return this.#query === null || this.countOf(line.id) === 0
      ? []
      : matchesIn(this.#query, line.text);
  }

  /** Moves on, and around; the first time to the first from a line on, or the last before it. */
  move(step: 1 | -1, from: number): Place | undefined {
    if (this.total === 0) return undefined;
    const { current } = this;
    const inLine = current === undefined ? undefined : current.index + step;
    if (current !== undefined && inLine !== undefined) {
      if (inLine >= 0 && inLine < this.countOf(current.id)) {
        return (this.current = { id: current.id, index: inLine });
      }
    }
    const start = current === undefined ? from : current.id + step;
    const id = this.#lineWithMatches(start, step);
    if (id === undefined) return undefined;
    return (this.current = { id, index: step === 1 ? 0 : this.countOf(id) - 1 });
  }

  /** Which of all matches the current one is, from 1; undefined if there is none. */
  get ordinal(): number | undefined {
    const { current } = this;
    if (current === undefined) return undefined;
    let before = 0;
    for (const [id, count] of this.#counts) if (id < current.id) before += count;
    return before + current.index + 1;
  }

  #lineWithMatches(start: number, step: 1 | -1): number | undefined {
    const { firstId, endId, length } = this.#lines;
    let id = start;
    for (let looked = 0; looked <= length; looked++, id += step) {
      if (id >= endId) id = firstId;
      else if (id < firstId) id = endId - 1;
      if (this.countOf(id) > 0) return id;
    }
    return undefined;
  }
}
