import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import { missingSupervisor } from '../../../../fuzz/python.ts';
import { same } from '../../../../fuzz/same.ts';
import { ConfigError } from '../../src/errors.ts';
import { parseFile } from '../../src/reader/parse.ts';
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
        same(said(bytes), expected, () => JSON.stringify(bytes.toString()));
      },
      close: () => parser.close(),
    };
  },
};

function said(bytes: Buffer): Said {
  const sections = new Sections();
  try {
    parseFile(bytes, 'x.conf', sections);
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
