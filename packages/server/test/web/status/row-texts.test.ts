import { expect, test } from '@jest/globals';

import { toText } from '../../../src/web/status/markup.ts';
import { RowTexts } from '../../../src/web/status/row-texts.ts';
import { processRow } from '../../../src/web/status/row.ts';
import type { RowProcess } from '../../../src/web/status/row.ts';

const rowOf = (name: string, change: Partial<RowProcess> = {}): RowProcess => ({
  name,
  group: name,
  namespec: name,
  state: 'RUNNING',
  description: 'pid 1, uptime 0:00:01',
  restarts: 0,
  ...change,
});

test('rows that are kept are what they would be anew', () => {
  const texts = new RowTexts(true);
  const pages: readonly (readonly RowProcess[])[] = [
    [rowOf('a'), rowOf('b')],
    [rowOf('a', { description: '<later>' }), rowOf('b', { state: 'STOPPED' })],
    [rowOf('b', { restarts: 3 })],
    [rowOf('0'), rowOf('a'), rowOf('b')],
  ];
  for (const processes of pages) {
    expect(texts.rows(processes, (at) => `${at}:`)).toBe(
      processes
        .map((process, at) => {
          const place = { isShaded: at % 2 === 1, mayAct: true };
          return `${at}:${toText(processRow(process, place))}\n`;
        })
        .join(''),
    );
  }
});
