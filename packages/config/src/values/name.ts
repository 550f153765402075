import { BadValue } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import { strip } from '../python/text.ts';
import type { ValueType } from './type.ts';

/** The name of a group or process, without what would break namespecs, event headers and URLs. */
export function readName(given: string): string {
  const name = strip(given);
  const bad = [' ', ':', '/'].find((character) => name.includes(character));
  if (bad !== undefined) {
    throw new BadValue(
      `Invalid name: ${pythonRepr(name)} because of character: ${pythonRepr(bad)}`,
    );
  }
  return name;
}

/** Checked as it stands in the file: what `%` brings in is not looked at. */
export const processName: ValueType<string> = { name: 'text', read: readName };
