import { sectionKinds } from '@tsvisor/config';
import type { OptionRow, SectionKind } from '@tsvisor/config';

import { sampleSections } from './sections.ts';
import type { SampleSection } from './sections.ts';

const introduction = [
  'A configuration that runs as it stands, with every option there is.',
  'Lines with a blank after the semicolon explain. To set one of the others, take its semicolon away.',
  'A comment may follow a value, after a blank and a semicolon: a command with " ;" in it ends there. %(ENV_NAME)s is the environment variable NAME, a percent sign is written %%, and %(here)s is the folder of this file. Neither ~ nor $NAME mean anything, and quotes are needed in environment= only.',
  'Everything is in /tmp, which every system has: change that before you rely on it. Systems clean up /tmp, and with its socket gone the daemon cannot be reached.',
];

/** What echo_supervisord_conf prints: made of the tables that configurations are read with. */
export function sampleConfig(): string {
  const blocks = [paragraphs(introduction), ...sampleSections.map(section)];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(sample: SampleSection): string[] {
  const kind = sectionKinds.find(({ name }) => name === sample.kind);
  if (kind === undefined) throw new Error(`internal error: no kind of section is ${sample.kind}`);
  const rows = rowsOf(kind);
  const header = `[${sample.kind}${sample.name ?? ''}]`;
  return [
    ...paragraphs([kind.doc, ...(sample.remarks ?? [])]),
    sample.isActive ? header : `;${header}`,
    ...rows.flatMap(([key, row]) => [...comment(explanation(row)), setting(sample, key, rows)]),
    ...(kind.isOpen && !sample.isActive
      ? ['; Any other option is for the plug-in.', ';key=value']
      : []),
  ];
}

type NamedRow = readonly [key: string, row: OptionRow];

/** Each option once, though a program has its priority in two tables; what must be there first. */
function rowsOf(kind: SectionKind): readonly NamedRow[] {
  const rows = new Map<string, OptionRow>();
  for (const [key, row] of kind.tables.flatMap((table) => Object.entries(table))) {
    if (!rows.has(key)) rows.set(key, row as OptionRow);
  }
  const isOptional = (row: OptionRow): number => (row.defaultDoc === 'required' ? 0 : 1);
  return [...rows].toSorted(([, a], [, b]) => isOptional(a) - isOptional(b));
}

function setting(sample: SampleSection, key: string, rows: readonly NamedRow[]): string {
  const { settings = {}, isSpaced } = sample;
  const equals = isSpaced ? ' = ' : '=';
  const set = settings[key];
  return set === undefined
    ? `;${key}${equals}${exampleOf(sample, key, rows)}`
    : `${key}${equals}${set}`;
}

function exampleOf(sample: SampleSection, key: string, rows: readonly NamedRow[]): string {
  const example = sample.examples?.[key];
  if (example !== undefined) return example;
  const preset = rows.find(([name]) => name === key)?.[1].default ?? presetElsewhere(key);
  return typeof preset === 'string' ? preset : exampleOf(sample, preset.valueOf, rows);
}

/** What it is for programs, of an option that they take from [supervisord]. */
function presetElsewhere(key: string): NonNullable<OptionRow['default']> {
  const rows = sectionKinds.flatMap((kind) => rowsOf(kind));
  return rows.find(([name, row]) => name === key && row.default !== null)?.[1].default ?? '';
}

function explanation(row: OptionRow): string {
  const preset = defaultText(row);
  const what = preset === 'required' ? 'Required.' : `Default: ${preset}.`;
  const own = row.isOwn ? ' Unknown to supervisord.' : '';
  return plain(`${row.doc} ${what}${own}`);
}

function defaultText({ default: preset, defaultDoc }: OptionRow): string {
  if (defaultDoc !== undefined) return defaultDoc;
  if (preset === null || preset === '') return 'none';
  return typeof preset === 'string' ? preset : `that of ${preset.valueOf}`;
}

/** The descriptions are Markdown. */
const plain = (text: string): string => text.replaceAll('`', '');

const paragraphs = (texts: readonly string[]): string[] =>
  texts.flatMap((text, index) => [...(index > 0 ? [';'] : []), ...comment(text)]);

const WIDTH = 78;

function comment(text: string): string[] {
  const lines: string[] = [];
  let line = ';';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ';';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
