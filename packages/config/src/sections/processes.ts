import { nameAfterColon, readerOf, type Context } from '../context.ts';
import { BadValue, ConfigError } from '../errors.ts';
import { expand } from '../expand.ts';
import type { Names } from '../names.ts';
import {
  everyOption,
  processOptions,
  programOptions,
  type ProcessSettings,
} from '../options/program.ts';
import type { SectionReader } from '../options/read.ts';
import { place, type ValuesOf } from '../options/table.ts';
import { pythonRepr } from '../python/repr.ts';
import { compareText } from '../python/text.ts';
import type { Section } from '../reader/sections.ts';
import type { ProcessConfig } from '../types.ts';
import { readName } from '../values/name.ts';
import { settleLogs } from './logs.ts';

const { environment: environmentOption, ...afterEnvironment } = processOptions;
/** The others may use what it sets. */
const environmentFirst = { environment: environmentOption };

type ProgramValues = ValuesOf<typeof programOptions>;

/** No machine runs more; a larger number is a slip of the keyboard, and reading it would take all memory. */
const MOST_PROCESSES = 100_000;

/** The processes of one section, for the group that they run in, by priority and name. */
export function readProcesses(context: Context, section: Section, group: string): ProcessConfig[] {
  try {
    return new ProgramReader(context, section, group).processes();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const where = `in section ${pythonRepr(section.name)} (file: ${pythonRepr(section.file)})`;
    throw new ConfigError(`${error.message} ${where}`, error, error);
  }
}

class ProgramReader {
  readonly #context: Context;
  readonly #section: Section;
  readonly #reader: SectionReader;
  readonly #group: string;

  constructor(context: Context, section: Section, group: string) {
    this.#context = context;
    this.#section = section;
    this.#reader = readerOf(context, section);
    this.#group = group;
  }

  processes(): ProcessConfig[] {
    const names = this.#context.here.with({
      program_name: this.#attempt('', () => readName(nameAfterColon(this.#section))),
      host_node_name: this.#context.world.hostName,
      group_name: this.#group,
    });
    const program = this.#reader.table(programOptions, () => names);
    this.#checkTogether(program);
    const result: ProcessConfig[] = [];
    // What a process adds to these names stays for the next ones, unless it hides something.
    const own = names.with({ numprocs: program.numprocs });
    for (let index = 0; index < program.numprocs; index++) {
      own.unshadow();
      own.set('process_num', program.numprocs_start + index);
      result.push(this.#process(program, own));
    }
    return result.toSorted((a, b) => a.priority - b.priority || compareText(a.name, b.name));
  }

  #checkTogether(program: ProgramValues): void {
    const { numprocs, process_name: name } = program;
    if (numprocs > 1 && !name.includes('%(process_num)')) {
      this.#reader.fail(
        '%(process_num) must be present within process_name when numprocs > 1',
        'process_name',
      );
    }
    if (program.stopasgroup && !program.killasgroup) {
      this.#reader.fail('Cannot set stopasgroup=true and killasgroup=false', 'killasgroup');
    }
    if (numprocs > MOST_PROCESSES) {
      this.#reader.fail(
        `numprocs ${numprocs} is above upper bound (${MOST_PROCESSES})`,
        'numprocs',
      );
    }
  }

  #process(program: ProgramValues, names: Names): ProcessConfig {
    const { environment } = this.#reader.table(environmentFirst, () => names);
    names.addEnvironment(environment);
    const values = this.#reader.table(afterEnvironment, () => names);
    const settings = place(everyOption, { ...program, environment, ...values });
    const { config, warnings } = settleLogs(settings as ProcessSettings, this.#section.name);
    this.#context.warnings.push(...warnings);
    const name = this.#attempt('process_name', () =>
      expand(program.process_name, names, 'process_name'),
    );
    return { ...config, name };
  }

  #attempt<R>(key: string, run: () => R): R {
    try {
      return run();
    } catch (error) {
      if (error instanceof BadValue) this.#reader.fail(error.message, key || undefined);
      throw error;
    }
  }
}
