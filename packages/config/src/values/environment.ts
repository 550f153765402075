import { BadValue } from '../errors.ts';
import { shellWords } from '../shell-words.ts';
import type { ValueType } from './type.ts';

/** ASCII letters, digits, `_`, Latin-1 letters, and seven marks. */
const WORD_CHARACTER = /^[A-Za-z0-9_\xdf\xe0-\xf6\xf8-\xff\xc0-\xd6\xd8-\xde/.+\-():]$/;

/**
 * `KEY=value,KEY2="value 2"`. Words are taken in fours: key, `=`, value, and one that separates, which is
 * skipped whatever it is.
 */
export const environment: ValueType<Readonly<Record<string, string>>> = {
  name: 'KEY=value list',
  read(given) {
    const words = shellWords(given, {
      isWordCharacter: (character) => WORD_CHARACTER.test(character),
      hasComments: true,
    });
    const variables = new Map<string, string>();
    for (let at = 0; at < words.length; at += 4) {
      const [key, equals, value] = words.slice(at, at + 3);
      if (key === undefined || value === undefined || equals !== '=') {
        throw new BadValue(`Unexpected end of key/value pairs in value '${given}'`);
      }
      variables.set(key, value);
    }
    return Object.fromEntries(variables);
  },
};
