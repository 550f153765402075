import { fixture } from './contenders.ts';
import type { Reports } from './reports.ts';

/** The lines of a [program:x] section. */
export const program = (name: string, command: string, ...lines: readonly string[]): string =>
  [`[program:${name}]`, `command=${command}`, ...lines].join('\n');

export const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `p${index}`);

/** That many programs which do nothing, each in a group of its own. */
export const sleepers = (count: number): string[] =>
  numbered(count).map((name) => program(name, 'sleep 1000000', 'startsecs=0'));

/** Enough open files for the pipes and logs of 1,000 programs. */
export const roomForThousand = ['minfds=8192'];

/** Programs that report their name and pid whenever they start, and then wait. */
export const reporting = (name: string, reports: Reports, ...lines: readonly string[]): string =>
  program(name, `/bin/sh ${fixture('reports.sh')} ${name} ${reports.path}`, ...lines);
