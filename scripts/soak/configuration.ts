import { writeFileSync } from 'node:fs';

import type { Random } from '../../fuzz/random.ts';
import type { Ground } from './ground.ts';
import type { HabitName } from './habits.ts';
import { poolLines, pools } from './pools.ts';
import { section, sections } from './programs.ts';
import type { Program, Section } from './programs.ts';

/** The configuration of a soak, and all the processes that it has at first. */
export interface Configuration {
  readonly programs: readonly Program[];
  /** Sections that are there at times, in a file that is included. */
  readonly extras: readonly Section[];
}

const EXTRA_HABITS: readonly HabitName[] = [
  'steady',
  'polite',
  'quick',
  'turns',
  'sender',
  'silent',
];

/** Writes the files, and tells what is in them. */
export function configure(ground: Ground, count: number, random: Random): Configuration {
  const extras = EXTRA_HABITS.map((habit, index) =>
    section(ground, `extra_${habit}${index}`, habit, 1, random),
  );
  const fastCgi = section(ground, 'fastcgi', 'steady', 2, random, [
    '[fcgi-program:fastcgi]',
    `socket=unix://${ground.folder}/fcgi.sock`,
  ]);
  const made = sections(ground, count - 2 - extras.length, random);
  // The first two of one process each are one group.
  const singles = made.filter(({ programs }) => programs.length === 1);
  const together = singles.slice(0, 2);
  const lines = [
    '[unix_http_server]',
    `file=${ground.socket}`,
    'metrics=true',
    'health=true',
    '[supervisord]',
    `logfile=${ground.mainLog}`,
    'logfile_maxbytes=0',
    `pidfile=${ground.pidfile}`,
    `childlogdir=${ground.auto}`,
    'sweep=true',
    'strip_ansi=true',
    'minfds=4096',
    '[rpcinterface:supervisor]',
    'supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface',
    '[supervisorctl]',
    `serverurl=unix://${ground.socket}`,
    '[group:together]',
    `programs=${together.map(({ name }) => name).join()}`,
    '[include]',
    `files=${ground.extras}`,
    ...pools.flatMap((pool) => poolLines(ground, pool)),
    ...[fastCgi, ...made].flatMap((one) => one.lines),
  ];
  writeFileSync(ground.config, `${lines.join('\n')}\n`);
  writeExtras(ground, extras);
  const programs = [fastCgi, ...made].flatMap((one) =>
    together.includes(one)
      ? one.programs.map((program) => ({ ...program, group: 'together' }))
      : one.programs,
  );
  return { programs: [...programs, ...extras.flatMap((one) => one.programs)], extras };
}

/** What the included file has from now on; `more` are lines for each of its sections. */
export function writeExtras(
  ground: Ground,
  extras: readonly Section[],
  more: readonly string[] = [],
): void {
  const lines = extras.flatMap((one) => [...one.lines, ...more]);
  writeFileSync(ground.extras, `${lines.join('\n')}\n`);
}
