import { EscapeReader } from './escapes.ts';
import type { Screen } from './escapes.ts';
import { cut, EMPTY_ROW, fitting, overwrite } from './row.ts';
import type { Row } from './row.ts';
import { PLAIN } from './style.ts';
import type { Style } from './style.ts';

export interface BuiltLine extends Row {
  /** It is so long that it goes on in the next row. */
  readonly goesOn: boolean;
}

/** A longer line is shown in several rows: what is drawn at once has a bound. */
export const LONGEST_ROW = 4096;

/**
 * Makes lines of what a program wrote, cut anywhere. A carriage return leads to the line's
 * beginning, so that of a progress bar only its last picture remains.
 */
export class LineBuilder {
  /** The line that has not ended yet. */
  open: Row = EMPTY_ROW;
  #column = 0;
  readonly #reader = new EscapeReader(this.#screen());
  readonly #finished: (line: BuiltLine) => void;

  constructor(finished: (line: BuiltLine) => void) {
    this.#finished = finished;
  }

  add(chunk: string): void {
    this.#reader.read(chunk);
  }

  /** Ends the open line, if there is anything in it. */
  finish(): void {
    if (this.open.text !== '') this.#end(false);
  }

  #screen(): Screen {
    return {
      write: (text, style) => this.#write(text, style),
      lineFeed: () => this.#end(false),
      carriageReturn: () => {
        this.#column = 0;
      },
      backspace: () => {
        this.#column = Math.max(0, this.#column - 1);
      },
      eraseLine: (what) => this.#erase(what),
    };
  }

  #write(text: string, style: Style): void {
    let rest = text;
    while (rest !== '') {
      if (this.#column >= LONGEST_ROW - 1) this.#end(true);
      const part = fitting(rest, LONGEST_ROW - this.#column);
      this.open = overwrite(this.open, this.#column, part, style);
      this.#column += part.length;
      rest = rest.slice(part.length);
    }
  }

  #erase(what: 'rest' | 'beginning' | 'all'): void {
    const { open } = this;
    const column = this.#column;
    if (what === 'all') this.open = EMPTY_ROW;
    else if (what === 'rest') this.open = cut(open, 0, column);
    else this.open = overwrite(open, 0, ' '.repeat(Math.min(column, open.text.length)), PLAIN);
  }

  #end(goesOn: boolean): void {
    const { open } = this;
    this.open = EMPTY_ROW;
    this.#column = 0;
    this.#finished({ ...open, goesOn });
  }
}
