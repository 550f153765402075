import { BadValue } from './errors.ts';
import type { Names } from './names.ts';
import { BadFormat, formatWith, UnknownName } from './python/format.ts';
import { pythonRepr } from './python/repr.ts';
import { compareText } from './python/text.ts';

/** Fills in `%(name)s`. `where` is what messages call the text. */
export function expand(text: string, names: Names, where: string): string {
  try {
    return formatWith(text, (name) => names.get(name));
  } catch (error) {
    const start = `Format string ${pythonRepr(text)} for ${pythonRepr(where)}`;
    if (error instanceof UnknownName) {
      const available = [...names.all()].toSorted(compareText).join(', ');
      throw new BadValue(
        `${start} contains names (${pythonRepr(error.key)}) which cannot be expanded. Available names: ${available}`,
      );
    }
    if (error instanceof BadFormat) {
      throw new BadValue(`${start} is badly formatted: ${error.message}`);
    }
    throw error;
  }
}
