import { colourState } from './colours.ts';
import { pad, width } from './columns.ts';

/** What is shown of a process. */
export interface StatusRow {
  readonly name: string;
  readonly state: string;
  readonly description: string;
}

const leastNameWidth = 30;

/** The lines of a status table: as wide as the rows shown need, the last column not filled up. */
export function statusTable(rows: readonly StatusRow[], hasColours = false): string[] {
  const columns = 3 + Math.max(leastNameWidth, ...rows.map((row) => width(row.name)));
  return rows.map((row) => {
    const state = pad(row.state, 10);
    const shown = hasColours ? colourState(row.state, state) : state;
    return pad(row.name, columns) + shown + row.description;
  });
}
