/** Finds what supervisord accepts without a word though it has no effect. */
import { nearest } from './nearest.ts';
import { sectionKinds, type SectionKind } from './options/kinds.ts';
import { rowsOf } from './options/table.ts';
import { DEFAULT_SECTION, type Section, type Sections } from './reader/sections.ts';

export interface ConfigWarning {
  readonly file: string;
  readonly line: number;
  readonly section: string;
  readonly option?: string;
  /** Stands alone: names the file, the line, and what may have been meant. */
  readonly message: string;
}

export function checkSections(sections: Sections): ConfigWarning[] {
  const found = sections.all().flatMap((section) => {
    const kind = kindOf(section.name);
    return kind ? unknownOptions(section, keysOf(kind)) : [unknownSection(section)];
  });
  const everyKey = sectionKinds.flatMap((kind) => keysOf(kind) ?? []);
  return [...found, ...unknownOptions(sections.defaults, everyKey)];
}

function kindOf(section: string): SectionKind | undefined {
  return sectionKinds.find(({ name, isPrefix }) =>
    isPrefix ? section.startsWith(name) : section === name,
  );
}

/** undefined: any option means something there. */
function keysOf(kind: SectionKind): string[] | undefined {
  return kind.isOpen
    ? undefined
    : kind.tables.flatMap((table) => rowsOf(table).map(([key]) => key));
}

function unknownOptions(section: Section, keys: readonly string[] | undefined): ConfigWarning[] {
  if (!keys) return [];
  return [...section.options]
    .filter(([key]) => !keys.includes(key))
    .map(([key, { file, line }]) => ({
      file,
      line,
      section: section.name,
      option: key,
      message: `${file}:${line}: [${section.name}] has no option "${key}"${suggestion(key, keys)}`,
    }));
}

function unknownSection({ name, file, line }: Section): ConfigWarning {
  const colon = name.indexOf(':');
  const [start, rest] = colon < 0 ? [name, ''] : [name.slice(0, colon + 1), name.slice(colon + 1)];
  const close = nearest(start, [...sectionKinds.map((kind) => kind.name), DEFAULT_SECTION]);
  const hint = close === undefined ? '' : `; did you mean [${close}${rest}]?`;
  return {
    file,
    line,
    section: name,
    message: `${file}:${line}: [${name}] means nothing${hint}`,
  };
}

function suggestion(key: string, keys: readonly string[]): string {
  const close = nearest(key, keys);
  return close === undefined ? '' : `; did you mean "${close}"?`;
}
