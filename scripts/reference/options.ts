import { sectionKinds } from '../../packages/config/src/index.ts';
import type { OptionRow, SectionKind } from '../../packages/config/src/index.ts';
import { code, generated, page, table } from './markdown.ts';

/** docs/reference/options.md: every option of every kind of section. */
export function optionsPage(): string {
  return page(
    '# Options of the configuration file',
    generated,
    'What is marked tsvisor is unknown to supervisord, which ignores it. Each value may use `%(ENV_X)s` for the variable X of the environment, and `%(here)s` for the folder of the file. `tsvd --check-config` finds options that are misspelt or in the wrong section, and `tsvd --print-config` shows what a file means.',
    ...sectionKinds.flatMap((kind) => [`## ${heading(kind)}`, about(kind), optionsOf(kind)]),
  );
}

/** `[program:NAME]`, `[unix_http_server]`. */
export function heading({ name }: SectionKind): string {
  return `[${name.endsWith(':') ? `${name}NAME` : name}]`;
}

function about({ doc, isOpen, isMainFileOnly }: SectionKind): string {
  const remarks = [
    doc,
    isOpen === true ? 'Other options are given to what it names.' : '',
    isMainFileOnly === true ? 'It is read from the main file only, not from included ones.' : '',
  ];
  return remarks.filter((remark) => remark !== '').join(' ');
}

function optionsOf(kind: SectionKind): readonly string[] {
  const rows = new Map<string, OptionRow>();
  for (const [key, row] of kind.tables.flatMap((each) => Object.entries(each))) {
    // An option that is read twice is told once: for the group before the process.
    if (!rows.has(key)) rows.set(key, row as OptionRow);
  }
  const cells = [...rows]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, row]) => [
      code(key),
      row.type.name,
      preset(row),
      row.isOwn === true ? 'tsvisor' : 'supervisord',
      meaning(row),
    ]);
  return table(['option', 'value', 'default', 'of', 'meaning'], cells);
}

function preset({ default: preset, defaultDoc }: OptionRow): string {
  if (defaultDoc !== undefined) return defaultDoc;
  if (preset === null) return 'not set';
  if (typeof preset === 'object') return `that of ${code(preset.valueOf)}`;
  return preset === '' ? 'empty' : code(preset);
}

function meaning({ doc, isInherited }: OptionRow): string {
  return isInherited === true ? `${doc} \`[supervisord]\` may set it for all.` : doc;
}
