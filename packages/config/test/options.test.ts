import { expect, test } from '@jest/globals';

import { sectionKinds, type OptionRow } from '../src/index.ts';

const rows = sectionKinds.flatMap(({ name, tables }) =>
  tables.flatMap((table) =>
    Object.entries(table).map(([key, row]) => [`[${name}] ${key}`, row as OptionRow] as const),
  ),
);

test.each(rows)('%s is documented', (_option, row) => {
  expect(row.doc).toMatch(/^[A-Z].*[.]$/);
  expect(row.type.name).not.toBe('');
});
