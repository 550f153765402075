import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import { missingSupervisor } from '../../../../fuzz/python.ts';
import { same } from '../../../../fuzz/same.ts';
import { ConfigError } from '../../src/errors.ts';
import { parseFile } from '../../src/reader/parse.ts';
import type { ParseOptions } from '../../src/reader/parse.ts';
import { Sections } from '../../src/reader/sections.ts';
import type { Section } from '../../src/reader/sections.ts';
import { configBytes } from './config-text.ts';
import { startParser } from './parser-oracle.ts';
import type { Said } from './parser-oracle.ts';

/** Files of any kind, read as Python's parser reads them. */
export const readerFuzzer: Fuzzer = {
  name: 'config-reader',
  missing: missingSupervisor,
  open() {
    const parser = startParser();
    return {
      async one(random) {
        const bytes = configBytes(random);
        const expected = await parser.ask(bytes.toString('base64'));
        const text = (): string => JSON.stringify(bytes.toString());
        same(said(bytes), expected, text);
        const others = withoutPrograms(said(bytes, { withoutPrograms: true }));
        same(others, withoutPrograms(expected as Said), text);
      },
      close: () => parser.close(),
    };
  },
};

function said(bytes: Buffer, options?: ParseOptions): Said {
  const sections = new Sections();
  try {
    parseFile(bytes, 'x.conf', sections, options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { error: error.message };
  }
  return { sections: [sections.defaults, ...sections.all()].map(optionsOf) };
}

const optionsOf = ({ name, options }: Section): [string, [string, string][]] => [
  name,
  [...options].map(([key, { value }]) => [key, value]),
];

/** What a reader that was not asked for programs may leave out. */
function withoutPrograms(what: Said): Said {
  if ('error' in what) return what;
  const isProgram = /^(program|fcgi-program|eventlistener|group):/;
  return { sections: what.sections.filter(([name]) => !isProgram.test(name)) };
}
