import { ConfigError } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import type { GroupConfig } from '../types.ts';

/**
 * The process that an option of `[supervisord]` names, as `group:name`. A name alone may be that
 * of a process in any group, if only one has it.
 *
 * @throws {ConfigError}
 */
export function processMeant(
  given: string,
  groups: readonly GroupConfig[],
  { file, option }: { readonly file: string; readonly option: string },
): string {
  const all = groups.flatMap((group) =>
    group.processes.map(({ name }) => ({ name, spec: `${group.name}:${name}` })),
  );
  const exact = given.includes(':') ? given : `${given}:${given}`;
  if (all.some(({ spec }) => spec === exact)) return exact;
  const [found, other] = all.filter(({ name }) => name === given);
  if (found !== undefined && other === undefined) return found.spec;
  const why = found === undefined ? 'no process of that name' : 'several processes of that name';
  throw new ConfigError(`[supervisord] ${option}: ${why}: ${pythonRepr(given)}`, {
    file,
    section: 'supervisord',
    option,
  });
}
