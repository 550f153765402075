import { expect, test } from '@jest/globals';

import { encodePercent } from '../../../src/http/target.ts';
import { element, toText } from '../../../src/web/status/markup.ts';
import { encodeName } from '../../../src/web/status/row.ts';

test('texts and values cannot become markup', () => {
  const made = element('a', { hidden: true, title: `"<>'&`, lang: false }, '<b>&amp;', 'c\u2013d');
  expect(toText(made)).toBe(`<a hidden title="&quot;&lt;>'&amp;">&lt;b>&amp;amp;c&ndash;d</a>`);
});

test('names are encoded alike by server and browser', () => {
  const name = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
  const without = name.replace('/', '');
  expect(encodeName(`${without}ü日🦊`).toUpperCase()).toBe(
    encodePercent(`${without}ü日🦊`).toUpperCase(),
  );
});
