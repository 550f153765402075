import { sameContent } from './compare.ts';
import { supervisordOptions } from './options/supervisord.ts';
import { rowsOf } from './options/table.ts';
import type { Config, SupervisordConfig } from './types.ts';

/** Not options, but what follows from others; `environment` is part of what programs are given. */
const derived: ReadonlySet<string> = new Set(['path', 'serverUrl', 'environment']);

const optionOf: ReadonlyMap<string, string> = new Map(
  rowsOf(supervisordOptions).flatMap(([key, { to }]) => (to === undefined ? [] : [[to, key]])),
);

/**
 * Where two configurations differ besides their groups: what an update does not bring into force,
 * but a reload. Names of options and sections, as `[supervisord] loglevel`; never values.
 */
export function changesOutsideGroups(active: Config, next: Config): string[] {
  return [
    ...changedOptions(active.supervisord, next.supervisord),
    ...changedSections(active.servers, next.servers, ({ section }) => section),
    ...changedSections(
      active.rpcInterfaces,
      next.rpcInterfaces,
      ({ name }) => `rpcinterface:${name}`,
    ),
  ];
}

function changedOptions(active: SupervisordConfig, next: SupervisordConfig): string[] {
  const keys = Object.keys(next) as (keyof SupervisordConfig)[];
  return keys
    .filter((key) => !derived.has(key) && !sameContent(active[key], next[key]))
    .map((key) => `[supervisord] ${optionOf.get(key) ?? key}`);
}

function changedSections<S>(
  active: readonly S[],
  next: readonly S[],
  nameOf: (section: S) => string,
): string[] {
  const before = new Map(active.map((section) => [nameOf(section), section]));
  const after = new Map(next.map((section) => [nameOf(section), section]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => !sameContent(before.get(name), after.get(name)))
    .map((name) => `[${name}]`);
}
