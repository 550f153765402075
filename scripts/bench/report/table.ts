import type { Result } from '../harness/compare.ts';
import type { Summary } from '../harness/statistics.ts';
import { judge, targetText } from './verdict.ts';

const HEADINGS = ['', 'unit', 'tsvisor', 'supervisord', 'ratio', 'target', ''];

/** Medians, with the least and the greatest in parentheses. It is Markdown, too. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { label, unit, target } = result.figure;
    const { tsvisor, supervisord, ratio, isMet } = judge(result);
    return [
      label,
      unit,
      summaryText(tsvisor),
      summaryText(supervisord),
      summaryText(ratio),
      targetText(target, unit),
      isMet ? 'met' : 'missed',
    ];
  });
  const widths = HEADINGS.map((heading, column) =>
    Math.max(3, heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return `${[line(HEADINGS), rule, ...rows.map(line)].join('\n')}\n`;
}

const summaryText = ({ median, min, max }: Summary): string =>
  Number.isFinite(median) ? `${digits(median)} (${digits(min)}–${digits(max)})` : '–';

/** Three that count. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return value.toLocaleString('en', { maximumFractionDigits: 0 });
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}
