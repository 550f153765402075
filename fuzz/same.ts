import { isDeepStrictEqual } from 'node:util';

/** @throws {Error} that shows the case and both results, if they differ */
export function same(actual: unknown, expected: unknown, shown: () => string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${shown()}\ngives    ${written(actual)}\ninstead of ${written(expected)}`);
}

const written = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (typeof part !== 'number' || (Number.isFinite(part) && !Object.is(part, -0))) return part;
    return `number ${Object.is(part, -0) ? '-0' : part.toString()}`;
  }) ?? 'undefined';
