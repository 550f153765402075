import { statusTable, type StatusRow } from '../format/status-table.ts';
import type { Output } from '../session.ts';

type Piece = { readonly text: string } | { readonly rows: readonly StatusRow[] };

/** Keeps what an action prints for one host until all are shown together. */
export class CollectedOutput implements Output {
  readonly isTerminal = false;
  readonly hasColours: boolean;
  readonly #pieces: Piece[] = [];

  constructor(hasColours: boolean) {
    this.hasColours = hasColours;
  }

  write(text: string): void {
    this.#pieces.push({ text });
  }

  writeError(text: string): void {
    this.write(text);
  }

  takeRows(rows: readonly StatusRow[]): void {
    this.#pieces.push({ rows });
  }

  /** All rows of status tables, which share their columns with those of other hosts. */
  get rows(): readonly StatusRow[] {
    return this.#pieces.flatMap((piece) => ('rows' in piece ? piece.rows : []));
  }

  get text(): string {
    return this.#pieces.map((piece) => ('text' in piece ? piece.text : '')).join('');
  }

  /** The lines, status rows laid out as if those in `all` stood in the same table. */
  lines(all: readonly StatusRow[]): string[] {
    return this.#pieces.flatMap((piece) => {
      if ('text' in piece) return piece.text.replace(/\n$/, '').split('\n');
      return statusTable([...piece.rows, ...all], this.hasColours).slice(0, piece.rows.length);
    });
  }
}
