import { ConfigError } from './errors.ts';
import { glob } from './glob.ts';
import type { Names } from './names.ts';
import { includeOptions } from './options/include.ts';
import { SectionReader } from './options/read.ts';
import { absolute, dirname, join } from './python/paths.ts';
import { compareText, splitBlanks } from './python/text.ts';
import { parseFile, type ParseOptions } from './reader/parse.ts';
import { Sections } from './reader/sections.ts';
import type { World } from './world.ts';

/** A main file and what it includes, merged. */
export interface Reading {
  readonly sections: Sections;
  /** The folder of the main file. */
  readonly here: string;
  readonly warnings: string[];
  readonly infos: string[];
}

/** Reads the main file alone. */
export function readMainFile(path: string, world: World, options: ParseOptions = {}): Sections {
  if (!world.files.exists(path)) {
    world.observer?.file(absolute(path, world.cwd), undefined);
    throw new ConfigError(`could not find config file ${path}`, { file: path });
  }
  const sections = new Sections();
  parseFile(bytesOf(path, world), path, sections, options);
  return sections;
}

function bytesOf(path: string, world: World): Uint8Array {
  try {
    return readObserved(path, world);
  } catch (error) {
    throw new ConfigError(`could not read config file ${path}`, { file: path }, error);
  }
}

/** Reads the main file, then the files that its `[include]` names, which may override it. */
export function readFiles(path: string, world: World, environment: Names): Reading {
  const reading: Reading = {
    sections: readMainFile(path, world),
    here: absolute(dirname(path), world.cwd),
    warnings: [],
    infos: [],
  };
  const include = reading.sections.get('include');
  if (!include) return reading;
  reading.sections.replaceHere(reading.here);
  const names = environment.with({ here: reading.here, host_node_name: world.hostName });
  const reader = new SectionReader(reading.sections, include, world);
  const { files } = reader.table(includeOptions, () => names);
  for (const word of splitBlanks(files!)) {
    includeMatching(join(dirname(absolute(path, world.cwd)), word), reading, world);
  }
  return reading;
}

function includeMatching(pattern: string, reading: Reading, world: World): void {
  world.observer?.pattern(pattern);
  const paths = glob(pattern, world.files).toSorted(compareText);
  if (paths.length === 0) reading.warnings.push(`No file matches via include "${pattern}"`);
  for (const path of paths) {
    reading.infos.push(`Included extra file "${path}" during parsing`);
    const bytes = readOrSkip(path, world);
    if (bytes) parseFile(bytes, path, reading.sections);
    reading.sections.replaceHere(absolute(dirname(path), world.cwd));
  }
}

/** supervisord passes over a file that it may not read, and over a folder, without a word. */
function readOrSkip(path: string, world: World): Uint8Array | undefined {
  try {
    // A pipe among the files of a folder must not stop everything.
    return readObserved(path, world, true);
  } catch {
    return undefined;
  }
}

function readObserved(path: string, world: World, withoutWaiting = false): Uint8Array {
  let content: Uint8Array | undefined;
  try {
    return (content = world.files.read(path, withoutWaiting));
  } finally {
    world.observer?.file(absolute(path, world.cwd), content);
  }
}
