import type { Names } from './names.ts';
import { SectionReader } from './options/read.ts';
import type { Section, Sections } from './reader/sections.ts';
import type { World } from './world.ts';

/** What all sections are read with. */
export interface Context {
  /** The main file, as it was given. */
  readonly path: string;
  readonly world: World;
  readonly sections: Sections;
  /** `ENV_*`; those of `[supervisord] environment` are added once it has been read. */
  readonly environment: Names;
  /** `environment`, and `here`. */
  readonly here: Names;
  /** For the log, once there is one. */
  readonly warnings: string[];
}

export function readerOf(context: Context, section: Section): SectionReader {
  return new SectionReader(context.sections, section, context.world);
}

/** What follows the first colon of a section's name. */
export function nameAfterColon(section: Section): string {
  return section.name.slice(section.name.indexOf(':') + 1);
}
