import { expect, test } from '@jest/globals';

import { parseFile } from '../../src/reader/parse.ts';
import { Sections } from '../../src/reader/sections.ts';

/** As a client reads it, which does not ask for programs. */
function parsedByClient(text: string): ReturnType<typeof namesOf> {
  const sections = new Sections();
  parseFile(Buffer.from(text), '0.conf', sections, { withoutPrograms: true });
  return namesOf(sections);
}

const namesOf = (sections: Sections): string[] =>
  sections.all().map(({ name, line }) => `${name}:${line}`);

function parsed(...texts: string[]): Record<string, Record<string, string>> {
  const sections = new Sections();
  texts.forEach((text, index) => parseFile(Buffer.from(text), `${index}.conf`, sections));
  const all = sections.all().map(({ name, options }) => {
    const values = [...options].map(([key, { value }]) => [key, value] as const);
    return [name, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(all);
}

test('lines end with \\n, \\r\\n or a lone \\r, and with nothing else', () => {
  expect(parsed('[a]\r\nx=1\ry=2\u2028z=3\x85\vw=4\n')).toEqual({
    a: { x: '1', y: '2\u2028z=3\x85\vw=4' },
  });
});

test('remembers where each section and option stands', () => {
  const sections = new Sections();
  parseFile(Buffer.from('[a]\n\nx=1\n'), 'one.conf', sections);
  parseFile(Buffer.from('[b]\n[a]\n  y=1\n   2\nx=3\n'), 'two.conf', sections);
  const a = sections.get('a')!;
  expect([a.file, a.line]).toEqual(['one.conf', 1]);
  expect(a.options.get('x')).toEqual({ value: '3', file: 'two.conf', line: 5 });
  expect(a.options.get('y')).toEqual({ value: '1\n2', file: 'two.conf', line: 3 });
});

test('a bad line does not close the value before it', () => {
  expect(() => parsed('[a]\nx=1\nbad\n  more\n=\n')).toThrow(
    "Source contains parsing errors: '0.conf'\n\t[line  3]: 'bad\\n'\n\t[line  5]: '=\\n'",
  );
});

test('a byte order mark is no part of a section header', () => {
  expect(() => parsed('\ufeff[a]\n')).toThrow(
    "File contains no section headers.\nfile: '0.conf', line: 1\n'\\ufeff[a]\\n'",
  );
});

test('bad bytes are reported before bad lines, but after a missing header in an earlier piece', () => {
  const broken = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]);
  const read = (text: string) => () => parseFile(broken(text), 'x', new Sections());
  expect(read('[a]\nbad\n')).toThrow('invalid start byte');
  expect(read('bad\n')).toThrow('invalid start byte');
  expect(read('bad\n' + ';\n'.repeat(8192))).toThrow('no section headers');
});

test('reading takes time in proportion to the length', () => {
  const long = '[a]\nx=' + 'y;#'.repeat(300_000) + '\n' + ' z\n'.repeat(300_000);
  expect(parsed(long)['a']!['x']!.length).toBe(900_000 + 600_000);
});

test('a usual line is read as the long way reads it', () => {
  const values = [
    '',
    'x',
    'a b',
    'a=b',
    'a:b',
    "it's 50%",
    'a\tb',
    '"#x"',
    'a;b',
    'a ;b',
    '[x]',
    'é',
  ];
  for (const value of values) {
    for (const line of [`key=${value}`, `Key_1.a-b \t=\t ${value} `, `k = ${value}\t`]) {
      // A vertical tab is a blank that no usual line has.
      expect(parsed(`[a]\n${line}\n  more\n`)).toEqual(parsed(`[a]\n${line}\v\n  more\n`));
    }
  }
});

test('programs that nobody asks for are left out if there is nothing unusual in them', () => {
  const usual = '[program:a]\ncommand=/bin/cat -n\n\n';
  expect(parsedByClient(`[x]\na=1\n${usual}[group:g]\nprograms=a\n[y]\n${usual}`)).toEqual([
    'x:1',
    'y:8',
  ]);
  expect(parsedByClient('[program:a]\r\ncommand=cat\r\n[y]')).toEqual(['y:3']);
  for (const unusual of ['[program:a]\nx=1 ;why\n[y]\n', '[program:a]\nx=1\n 2\n[y]\n']) {
    expect(parsedByClient(unusual)).toHaveLength(2);
  }
  for (const bad of [
    '[program:a]\nbad\n',
    `${usual}bad\n`,
    `${usual}[x]\n\nbad\n`,
    `${usual}[] ;c\n`,
  ]) {
    const [error] = [parsed, parsedByClient].map((parse) => errorOf(() => parse(bad)));
    expect(error).toContain('parsing errors');
    expect(errorOf(() => parsedByClient(bad))).toBe(error);
  }
});

test('leaving them out takes no more than time in proportion to the length', () => {
  const long = `[program:a]\n${'x=1\n'.repeat(300_000)}`;
  expect(parsedByClient(`${long}y=1 ;why\n[y]\n`)).toEqual(['program:a:1', 'y:300003']);
  expect(parsedByClient(`${long}[y]\n`)).toEqual(['y:300002']);
});

function errorOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
