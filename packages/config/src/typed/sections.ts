import { ConfigError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { pythonRepr } from '../python/repr.ts';
import { Sections } from '../reader/sections.ts';
import { fcgiKeys, groupKeys, listenerKeys, programKeys, supervisordKeys } from './keys.ts';
import type { Keys } from './keys.ts';
import type { ConfigOptions } from './options.ts';
import { textOf } from './text.ts';

/** What messages call the file that there is none of. */
export const ORIGIN = 'options';

/** The kinds of sections, as code calls them: prefix of their names, and their options. */
const kinds = {
  programs: { prefix: 'program:', keys: programKeys },
  groups: { prefix: 'group:', keys: groupKeys },
  eventListeners: { prefix: 'eventlistener:', keys: listenerKeys },
  fcgiPrograms: { prefix: 'fcgi-program:', keys: fcgiKeys },
} as const satisfies Record<string, { prefix: string; keys: Keys }>;

type Kind = keyof typeof kinds;
const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name);

/**
 * The sections of a file that says the same.
 *
 * @throws {ConfigError}
 */
export function sectionsOf(options: ConfigOptions): Sections {
  const sections = new Sections();
  const shared: Record<string, unknown> = {};
  sections.open('supervisord', ORIGIN, 0);
  for (const [name, value] of Object.entries(options)) {
    if (!isKind(name)) shared[name] = value;
    else addAll(sections, name, value);
  }
  add(sections, 'supervisord', '', supervisordKeys, shared, Object.keys(kinds));
  return sections;
}

/** `programs.web.stopSignal`, for what a file calls `stopsignal` of `[program:web]`. */
export function calledInCode(section: string, key: string | undefined): string {
  const [kind, { prefix, keys }] = Object.entries(kinds).find(([, one]) =>
    section.startsWith(one.prefix),
  ) ?? ['', { prefix: section, keys: supervisordKeys }];
  const option = Object.entries(keys).find(([, inFile]) => inFile === key)?.[0] ?? key;
  return [kind, section.slice(prefix.length), option].filter(Boolean).join('.');
}

function addAll(sections: Sections, kind: Kind, value: unknown): void {
  const { prefix, keys } = kinds[kind];
  for (const [name, options] of Object.entries(record(value, kind))) {
    if (name.trim() === '' || /\p{Cc}/u.test(name)) {
      const message = `${kind}: there can be no name ${pythonRepr(name)}`;
      throw new ConfigError(message, { file: ORIGIN, option: kind });
    }
    add(sections, `${prefix}${name}`, `${kind}.${name}`, keys, record(options, `${kind}.${name}`));
  }
}

function add(
  sections: Sections,
  name: string,
  called: string,
  keys: Keys,
  options: Readonly<Record<string, unknown>>,
  alsoKnown: readonly string[] = [],
): void {
  const section = sections.open(name, ORIGIN, 0);
  for (const [option, value] of Object.entries(flat(options))) {
    const path = called === '' ? option : `${called}.${option}`;
    const key = Object.hasOwn(keys, option) ? keys[option] : undefined;
    const place = { file: ORIGIN, section: name, option: path };
    if (key === undefined) {
      const meant = nearest(option, [...Object.keys(keys), ...alsoKnown]);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      throw new ConfigError(`${path}: there is no such option${hint}`, place);
    }
    try {
      section.options.set(key, { value: textOf(key, value), file: ORIGIN, line: 0 });
    } catch (error) {
      throw new ConfigError(`${path}: ${(error as Error).message}`, place, error);
    }
  }
  const { options: set } = section;
  if (set.has('numprocs') && !set.has('process_name') && set.get('numprocs')!.value !== '1') {
    const value = '%(program_name)s_%(process_num)02d';
    set.set('process_name', { value, file: ORIGIN, line: 0 });
  }
}

/** With those of the channels by their paths; what is undefined is not set. */
function flat(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(options).flatMap(([name, value]) =>
    (name === 'stdout' || name === 'stderr') && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, one]) => [`${name}.${key}`, one] as const)
      : [[name, value] as const],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function record(value: unknown, called: string): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new ConfigError(`${called}: an object is wanted`, { file: ORIGIN, option: called });
}
