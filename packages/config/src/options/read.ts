import { BadValue, ConfigError } from '../errors.ts';
import { expand } from '../expand.ts';
import type { Names } from '../names.ts';
import type { Section, Sections } from '../reader/sections.ts';
import type { World } from '../world.ts';
import { rowsOf, type Row, type ValuesOf } from './table.ts';

/** Reads options of one section. */
export class SectionReader {
  readonly sections: Sections;
  readonly section: Section;
  readonly world: World;

  constructor(sections: Sections, section: Section, world: World) {
    this.sections = sections;
    this.section = section;
    this.world = world;
  }

  /** The values of a table, in its order. `namesFor` tells what an option may expand. */
  table<T extends Readonly<Record<string, unknown>>>(
    table: T,
    namesFor: (key: string) => Names,
  ): ValuesOf<T> {
    const values: Record<string, unknown> = {};
    for (const [key, row] of rowsOf(table)) {
      values[key] = this.#attempt(key, () => this.#value(key, row, namesFor(key), values), row);
    }
    return values as ValuesOf<T>;
  }

  /** The value of an option that is resolved last, from the text read before or given on the command line. */
  resolve<V>(key: string, row: Row<V>, text: string | null): V | null {
    return text === null ? null : this.#attempt(key, () => row.type.read(text, this.world));
  }

  /** The text of an option that must be there, filled in. */
  text(key: string, names: Names): string {
    return this.#attempt(key, () => this.#expanded(key, undefined, names)!);
  }

  fail(message: string, key?: string): never {
    throw new ConfigError(
      message,
      key === undefined
        ? { file: this.section.file, line: this.section.line, section: this.section.name }
        : this.sections.place(this.section, key),
    );
  }

  #value(key: string, row: Row, names: Names, values: Record<string, unknown>): unknown {
    const text = this.#expanded(key, row, names);
    const value = this.#converted(text, row, values);
    const problem = row.check?.(value, { section: this.section.name, values, world: this.world });
    if (problem !== undefined) throw new BadValue(problem);
    return value;
  }

  /** supervisord's messages are kept as they are; those of our own options say where they come from. */
  #worded(message: string, key: string, row: Row | undefined): string {
    return row?.isOwn ? `[${this.section.name}] ${key}: ${message}` : message;
  }

  #converted(text: string | undefined, row: Row, values: Record<string, unknown>): unknown {
    if (text !== undefined) return row.isResolvedLast ? text : row.type.read(text, this.world);
    if (row.default === null) return null;
    return typeof row.default === 'string'
      ? row.type.read(row.default, this.world)
      : values[row.default.valueOf];
  }

  #expanded(key: string, row: Row | undefined, names: Names): string | undefined {
    const raw = this.#raw(key, row);
    if (raw === undefined || row?.expansion === 'later') return raw;
    const called = row?.calledInMessages;
    if (row?.expansion !== 'twice') return expand(raw, names, called ?? this.#called(key));
    return expand(expand(raw, names, this.#called(key)), names, called ?? this.#called(key));
  }

  #raw(key: string, row: Row | undefined): string | undefined {
    const own = this.sections.option(this.section, key)?.value;
    if (own !== undefined || !row?.isInherited) return own;
    const shared = this.sections.get('supervisord');
    return shared && this.sections.option(shared, key)?.value;
  }

  #called(key: string): string {
    return `${this.section.name}.${key}`;
  }

  #attempt<R>(key: string, run: () => R, row?: Row): R {
    try {
      return run();
    } catch (error) {
      if (error instanceof BadValue) this.fail(this.#worded(error.message, key, row), key);
      throw error;
    }
  }
}
