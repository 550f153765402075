import type { Context } from './context.ts';
import { Names } from './names.ts';
import { dirname } from './python/paths.ts';
import { Sections } from './reader/sections.ts';
import { readProcesses } from './sections/processes.ts';
import type { ProcessConfig } from './types.ts';
import { readAbsolute } from './values/paths.ts';
import type { World } from './world.ts';

/** A program that stands in no file. */
export interface ProgramSection {
  readonly name: string;
  /** The group that its processes are for. */
  readonly group: string;
  /** By name in lower case, as a file would say them. */
  readonly options: Readonly<Record<string, string>>;
  /** What messages call the file. */
  readonly origin: string;
}

/** What the main file gives to its programs. */
export interface ProgramSurroundings {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The processes of a program, as if it stood in the main file. */
export function readProgramSection(
  { name, group, options, origin }: ProgramSection,
  { path, environment: shared }: ProgramSurroundings,
  world: World,
): ProcessConfig[] {
  const sections = new Sections();
  const section = sections.open(`program:${name}`, origin, 0);
  for (const [key, value] of Object.entries(options)) {
    section.options.set(key, { value, file: origin, line: 0 });
  }
  const environment = new Names();
  environment.addEnvironment({ ...world.environment, ...shared });
  const here = environment.with({ here: dirname(readAbsolute(path, world)) });
  const context: Context = { path, world, sections, environment, here, warnings: [] };
  return readProcesses(context, section, group).map((process) => ({
    ...process,
    environment: { ...shared, ...process.environment },
  }));
}
