/** Finds what supervisord accepts without a word though it has no effect. */
import { nearest } from './nearest.ts';
import { sectionKinds, type SectionKind } from './options/kinds.ts';
import { rowsOf } from './options/table.ts';
import { stripEnd } from './python/text.ts';
import { DEFAULT_SECTION, type RawOption, type Section, type Sections } from './reader/sections.ts';
import { splitCommand } from './shell-words.ts';

export interface ConfigWarning {
  readonly file: string;
  readonly line: number;
  readonly section: string;
  readonly option?: string;
  /** Stands alone: names the file, the line, and what may have been meant. */
  readonly message: string;
}

/** `mainFile` as it was given. */
export function checkSections(sections: Sections, mainFile: string): ConfigWarning[] {
  const found = sections.all().flatMap((section) => {
    const kind = kindOf(section.name);
    if (!kind) return [unknownSection(section)];
    return [
      ...(kind.isMainFileOnly ? misplaced(section, mainFile) : []),
      ...unknownOptions(section, keysOf(kind)),
      ...hiddenOptions(section, keysOf(kind) ?? []),
      ...brokenCommands(section, keysOf(kind) ?? []),
    ];
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
    .map(([key, option]) =>
      warning(section, key, option, `has no option "${key}"${suggestion(key, keys)}`),
    );
}

function misplaced(section: Section, mainFile: string): ConfigWarning[] {
  return [...section.options]
    .filter(([, { file }]) => file !== mainFile)
    .map(([key, option]) =>
      warning(section, key, option, `${key}: only the main file may set this`),
    );
}

/** A line that is indented more than the one before belongs to its value, even if it looks like an option. */
function hiddenOptions(section: Section, keys: readonly string[]): ConfigWarning[] {
  return [...section.options]
    .filter(([key]) => key !== 'environment')
    .flatMap(([key, option]) => {
      const [, ...continued] = option.value.split('\n');
      const hidden = continued.find((line) => looksLikeStatement(line, keys));
      if (hidden === undefined) return [];
      const what = `${key}: the line "${hidden}" is part of this value, because it is indented`;
      return [warning(section, key, option, what)];
    });
}

function looksLikeStatement(line: string, keys: readonly string[]): boolean {
  const section = /^\[(.+)\]/.exec(line)?.[1];
  if (section !== undefined) return kindOf(section) !== undefined;
  const key = /^[^=:]+(?=[=:])/.exec(line)?.[0];
  return key !== undefined && keys.includes(stripEnd(key).toLowerCase());
}

/** A start does not refuse it: the program just ends up FATAL. */
function brokenCommands(section: Section, keys: readonly string[]): ConfigWarning[] {
  const command = section.options.get('command');
  if (command === undefined || !keys.includes('command')) return [];
  try {
    splitCommand(command.value);
    return [];
  } catch (error) {
    const what = `command: it cannot be split into words: ${(error as Error).message}`;
    return [warning(section, 'command', command, what)];
  }
}

function warning(section: Section, option: string, at: RawOption, what: string): ConfigWarning {
  const { file, line } = at;
  const message = `${file}:${line}: [${section.name}] ${what}`;
  return { file, line, section: section.name, option, message };
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
  if (close !== undefined) return `; did you mean "${close}"?`;
  const owner = sectionKinds.find((kind) => keysOf(kind)?.includes(key));
  return owner === undefined
    ? ''
    : `; [${owner.name}${owner.name.endsWith(':') ? 'x' : ''}] has one`;
}
