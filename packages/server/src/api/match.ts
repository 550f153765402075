// From the path of a request to what stands in the table under it.
import { decodePercent } from '../http/target.ts';
import type { Operation } from './operation.ts';

export interface Match {
  /** All that can be done there, by method. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds by path; of templates that fit, the one with the fewest parameters. */
export type Finder = (parts: readonly string[]) => Match | undefined;

export function finderOf(operations: readonly Operation[]): Finder {
  const templates = [...new Set(operations.map(({ path }) => path))]
    .map((path) => ({ parts: partsOf(path), operations: methodsUnder(path, operations) }))
    .toSorted((one, other) => parametersIn(one.parts) - parametersIn(other.parts));
  return (parts) => {
    for (const template of templates) {
      const path = matched(template.parts, parts);
      if (path !== undefined) return { operations: template.operations, path };
    }
    return undefined;
  };
}

const methodsUnder = (path: string, operations: readonly Operation[]): Match['operations'] =>
  new Map(operations.filter((row) => row.path === path).map((row) => [row.method, row]));

/** `/processes/{process}` as its parts. */
const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** The name that `{name}` has; undefined: it stands for itself. */
const parameterIn = (part: string): string | undefined => /^\{(.+)\}$/.exec(part)?.[1];

const parametersIn = (parts: readonly string[]): number =>
  parts.filter((part) => parameterIn(part) !== undefined).length;

function matched(
  template: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== parts.length) return undefined;
  const values: [string, string][] = [];
  for (const [at, part] of template.entries()) {
    const given = parts[at] ?? '';
    const parameter = parameterIn(part);
    if (parameter !== undefined) values.push([parameter, given]);
    else if (part !== given) return undefined;
  }
  return Object.fromEntries(values);
}

/**
 * The decoded parts of a request's path below `base`; undefined: it is not below it. They are
 * split before they are decoded, so that a name may have a slash, or be anything else.
 */
export function partsBelow(base: string, target: string): readonly string[] | undefined {
  const [path = ''] = target.split(/[?#]/, 1);
  if (path !== base && !path.startsWith(`${base}/`)) return undefined;
  const rest = path.slice(base.length).replace(/\/$/, '');
  return rest === '' ? [] : rest.slice(1).split('/').map(decodePercent);
}
