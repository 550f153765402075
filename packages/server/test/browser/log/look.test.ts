import { expect, test } from '@jest/globals';

import { lookOf } from '../../../browser/log/look.ts';

test('the theme has the colours of the first sixteen', () => {
  expect(lookOf({ foreground: 1, bold: true })).toEqual({
    classes: ['f1', 'bold'],
    properties: [],
  });
});

test('all other colours are properties of the element', () => {
  expect(lookOf({ foreground: '#ff8700', background: '#000000' })).toEqual({
    classes: ['f', 'b', 'on'],
    properties: [
      ['--f', '#ff8700'],
      ['--b', '#000000'],
    ],
  });
});

test('inverse exchanges the two, and those of the page where there is none', () => {
  expect(lookOf({ inverse: true }).classes).toEqual(['f-inverse', 'b-inverse', 'on']);
  expect(lookOf({ inverse: true, foreground: 2 }).classes).toEqual(['f-inverse', 'b2', 'on']);
});
