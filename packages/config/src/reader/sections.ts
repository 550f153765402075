import type { Place } from '../errors.ts';

/** An option as it stands in a file: raw text, comments and outer blanks off. */
export interface RawOption {
  readonly value: string;
  readonly file: string;
  readonly line: number;
}

export interface Section {
  readonly name: string;
  /** Where the section first appeared. */
  readonly file: string;
  readonly line: number;
  /** By name in lower case. */
  readonly options: Map<string, RawOption>;
}

/** What `[DEFAULT]` holds counts in every section. */
export const DEFAULT_SECTION = 'DEFAULT';

/** The sections of all files read so far, merged, in the order in which they first appeared. */
export class Sections {
  readonly #sections = new Map<string, Section>();
  /** Opened since `replaceHere` last ran: the others hold nothing left to replace. */
  #touched = new Set<Section>();
  readonly defaults: Section = { name: DEFAULT_SECTION, file: '', line: 0, options: new Map() };

  /** The section to add to; made if it is new. */
  open(name: string, file: string, line: number): Section {
    if (name === DEFAULT_SECTION) {
      this.#touched = new Set(this.all());
      return this.defaults;
    }
    let section = this.#sections.get(name);
    if (!section) {
      section = { name, file, line, options: new Map() };
      this.#sections.set(name, section);
    }
    this.#touched.add(section);
    return section;
  }

  has(name: string): boolean {
    return this.#sections.has(name);
  }

  get(name: string): Section | undefined {
    return this.#sections.get(name);
  }

  all(): Section[] {
    return [...this.#sections.values()];
  }

  startingWith(prefix: string): Section[] {
    return this.all().filter((section) => section.name.startsWith(prefix));
  }

  option(section: Section, key: string): RawOption | undefined {
    return section.options.get(key) ?? this.defaults.options.get(key);
  }

  /** The section's own keys, then those that `[DEFAULT]` adds. */
  keys(section: Section): string[] {
    return [...new Set([...section.options.keys(), ...this.defaults.options.keys()])];
  }

  place(section: Section, key: string): Place {
    const option = this.option(section, key);
    return {
      file: option?.file ?? section.file,
      line: option?.line ?? section.line,
      section: section.name,
      option: key,
    };
  }

  /** Puts `folder` where a value holds exactly `%(here)s`. What `[DEFAULT]` gives becomes the section's own. */
  replaceHere(folder: string): void {
    for (const section of this.#touched) {
      for (const options of [this.defaults.options, section.options]) {
        for (const [key, option] of options) {
          if (options === this.defaults.options && section.options.has(key)) continue;
          if (!option.value.includes(HERE)) continue;
          section.options.set(key, {
            ...option,
            value: option.value.replaceAll(HERE, () => folder),
          });
        }
      }
    }
    this.#touched.clear();
  }
}

const HERE = '%(here)s';
