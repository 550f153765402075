/** A table of Markdown. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

export const code = (text: string): string => `\`${text}\``;

/** Says that nobody should edit it. */
export const generated =
  '<!-- Written by scripts/reference.ts from the tables of the code; a test compares them. -->';

/** Blocks of lines, a blank line between any two. */
export function page(...blocks: readonly (string | readonly string[])[]): string {
  return `${blocks.flatMap((block) => [typeof block === 'string' ? block : block.join('\n')]).join('\n\n')}\n`;
}

/** Its lines, however a formatter has aligned them. */
export const squeezed = (markdown: string): string[] =>
  markdown
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' '));
