import { LogFeed } from './feed.ts';
import { LineBuilder } from './line-builder.ts';
import type { BuiltLine } from './line-builder.ts';
import { LogView } from './log-view.ts';
import { olderLines } from './older.ts';
import type { Arrival } from './pending.ts';
import type { Query } from './query.ts';
import { Scrollback } from './scrollback.ts';
import { Search } from './search.ts';
import { counted, size } from './sizes.ts';

/** Read at one go; between them it is seen whether there is time left. */
const PIECE_BYTES = 16 * 1024;

export interface LogPaneOptions {
  readonly box: HTMLElement;
  /** The level of a line, where lines have one. */
  readonly levelOf?: (text: string) => string | undefined;
  /** Reads a piece of the log. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  /** Something is to be drawn anew. */
  readonly changed: () => void;
}

/** One log: what came of it, what is kept of it, what is shown of it. */
export class LogPane {
  readonly feed = new LogFeed();
  readonly lines = new Scrollback();
  readonly search = new Search(this.lines);
  readonly view: LogView;
  isPaused = false;
  isLoading = false;
  /** What came since the end is not followed. */
  unseen = 0;
  #decoder = new TextDecoder();
  #builder: LineBuilder;
  #level: string | undefined;
  readonly #options: LogPaneOptions;

  constructor(options: LogPaneOptions) {
    this.#options = options;
    this.#builder = this.#newBuilder();
    const { box, changed } = options;
    this.view = new LogView({ box, lines: this.lines, search: this.search, followed: changed });
  }

  /** Shows what has arrived, as far as there is time; returns whether there is more. */
  draw(untilMs: number): boolean {
    const { pending, isAnswered } = this.feed;
    if (!isAnswered) return false;
    while (!this.isPaused && !pending.isEmpty && performance.now() < untilMs) {
      const arrival = pending.take(PIECE_BYTES);
      if (arrival !== undefined) this.#show(arrival);
    }
    this.view.update(this.#builder.open);
    if (this.view.isFollowing) this.unseen = 0;
    return !this.isPaused && !pending.isEmpty;
  }

  look(query: Query | null): void {
    this.search.look(query);
    this.view.redraw();
  }

  /** Goes to the next match, or the one before; false if there is none. */
  move(step: 1 | -1): boolean {
    const place = this.search.move(step, this.view.firstIdInView);
    if (place === undefined) return false;
    this.view.show(place.id);
    return true;
  }

  filter(isFiltered: boolean): void {
    this.view.filter(isFiltered);
  }

  get canLoadEarlier(): boolean {
    return (this.feed.earliest ?? 0) > 0 && this.lines.dropped === 0 && this.lines.hasRoom;
  }

  /** Puts what is in the log before the first line before it. */
  async loadEarlier(bytes: number): Promise<void> {
    const { earliest } = this.feed;
    if (this.isLoading || earliest === undefined || !this.canLoadEarlier) return;
    this.isLoading = true;
    this.#options.changed();
    try {
      const offset = Math.max(0, earliest - bytes);
      const read = await this.#options.read(offset, earliest - offset);
      // It may have been cleared meanwhile.
      if (this.feed.earliest !== earliest) return;
      const older = olderLines(read, offset);
      this.#prepend(older.lines);
      this.feed.earliest = older.earliest;
    } finally {
      this.isLoading = false;
      this.#options.changed();
    }
  }

  #prepend(built: readonly BuiltLine[]): void {
    let level: string | undefined;
    const lines = built.map((line) => {
      level = this.#options.levelOf?.(line.text) ?? level;
      return { ...line, kind: 'output', tone: level } as const;
    });
    for (const line of this.lines.prepend(lines)) this.search.add(line);
    this.view.addedBefore();
  }

  #show(arrival: Arrival): void {
    if (arrival.type === 'data') {
      this.#builder.add(this.#decoder.decode(arrival.bytes, { stream: true }));
      return;
    }
    this.#builder.finish();
    this.#builder = this.#newBuilder();
    this.#decoder = new TextDecoder();
    this.mark(
      arrival.type === 'truncated'
        ? 'the log was cleared or rotated'
        : `${size(arrival.bytes)} left out: more came than could be kept`,
    );
  }

  /** A word of the page's own among the lines. */
  mark(text: string): void {
    this.#append({ text, spans: [], goesOn: false }, 'marker');
  }

  #newBuilder(): LineBuilder {
    return new LineBuilder((line) => this.#append(line, 'output'));
  }

  #append(line: BuiltLine, kind: 'output' | 'marker'): void {
    if (kind === 'output') {
      this.#level = this.#options.levelOf?.(line.text) ?? this.#level;
      this.unseen++;
    }
    const tone = kind === 'output' ? this.#level : undefined;
    for (const gone of this.lines.append({ ...line, kind, tone })) this.search.forget(gone.id);
    this.search.add(this.lines.at(this.lines.endId - 1));
  }

  /** What is to be said about it beside its name. */
  get word(): string {
    const { trouble, pending, isAnswered } = this.feed;
    if (!isAnswered) return '';
    if (trouble === 'ENDED') return 'no longer in the configuration';
    if (trouble === 'NO_FILE') return 'nothing logged yet';
    if (trouble === 'BAD_NAME') return 'no such program';
    if (trouble !== undefined) return `cannot be read (${trouble})`;
    if (this.isPaused && pending.lines > 0) return `${counted(pending.lines, 'line')} waiting`;
    const { dropped, length } = this.lines;
    if (length === 0 && this.#builder.open.text === '') return 'nothing logged yet';
    const kept = counted(length, 'line');
    return dropped === 0 ? kept : `last ${kept}, ${counted(dropped, 'older one')} let go`;
  }
}
