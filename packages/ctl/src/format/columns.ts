/** The number of characters, not of UTF-16 units. */
export function width(text: string): number {
  return hasPairs.test(text) ? Array.from(text).length : text.length;
}

const hasPairs = /[\ud800-\udbff]/;

/** Fills up with blanks, counting characters. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/**
 * Lays names out column by column in as few lines as fit into `total` columns, two blanks
 * between them. Each cell is filled up to the width of its column, the last one too.
 */
export function columnize(names: readonly string[], total: number): string[] {
  for (let rows = 1; rows <= names.length; rows += 1) {
    const columns = split(names, rows);
    const widths = columns.map((column) => Math.max(...column.map(width)));
    const line = widths.reduce((sum, each) => sum + each + 2, -2);
    if (line <= total || rows === names.length) return layOut(columns, widths, rows);
  }
  return [];
}

function split(names: readonly string[], rows: number): string[][] {
  const columns: string[][] = [];
  for (let at = 0; at < names.length; at += rows) columns.push(names.slice(at, at + rows));
  return columns;
}

function layOut(columns: string[][], widths: number[], rows: number): string[] {
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const cells = columns.filter((column) => row < column.length);
    lines.push(cells.map((column, at) => pad(column[row] ?? '', widths[at] ?? 0)).join('  '));
  }
  return lines;
}
