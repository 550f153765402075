import { nameAfterColon, readerOf, type Context } from '../context.ts';
import { BadValue } from '../errors.ts';
import { eventListenerOptions, groupOptions, ownGroupOptions } from '../options/groups.ts';
import { place } from '../options/table.ts';
import { compareText } from '../python/text.ts';
import type { Section } from '../reader/sections.ts';
import type {
  EventListenerPoolConfig,
  FcgiGroupConfig,
  GroupConfig,
  ProcessConfig,
  ProgramGroupConfig,
} from '../types.ts';
import { readName } from '../values/name.ts';
import { readFcgi } from './fcgi.ts';
import { readProcesses } from './processes.ts';

/** All groups, by priority and name. They are read kind by kind, which decides what error comes first. */
export function readGroups(context: Context): GroupConfig[] {
  const sections = context.sections.all();
  /** Sections whose programs run in a `[group:x]`; they make no group of their own. */
  const members = new Set<Section>();
  const isAlone = (section: Section): boolean => !members.has(section);
  const starting = (prefix: string): Section[] =>
    sections.filter(({ name }) => name.startsWith(prefix));
  const groups: GroupConfig[] = [
    ...starting('group:').map((section) => readGroup(context, section, members)),
    ...starting('program:')
      .filter(isAlone)
      .map((section) => readProgram(context, section)),
    ...starting('eventlistener:').map((section) => readListener(context, section)),
    ...starting('fcgi-program:')
      .filter(isAlone)
      .map((section) => readFcgiProgram(context, section)),
  ];
  return groups.toSorted((a, b) => a.priority - b.priority || compareText(a.name, b.name));
}

function readGroup(context: Context, section: Section, members: Set<Section>): ProgramGroupConfig {
  const name = nameOf(context, section);
  const values = readerOf(context, section).table(groupOptions, () => context.here);
  const processes: ProcessConfig[] = [];
  let lastRead = section;
  for (const program of values.programs) {
    lastRead = findMember(context, program, lastRead, section);
    members.add(lastRead);
    processes.push(...readProcesses(context, lastRead, name));
  }
  return {
    ...(place(groupOptions, values) as ProgramGroupConfig),
    type: 'program',
    name,
    processes,
  };
}

/** Messages call the group by the section read last, as supervisord's do. */
function findMember(context: Context, program: string, called: Section, group: Section): Section {
  const plain = context.sections.get(`program:${program}`);
  const fcgi = context.sections.get(`fcgi-program:${program}`);
  if (plain && fcgi) {
    readerOf(context, group).fail(
      `[${called.name}] name ${program} is ambiguous (exists as program and fcgi-program)`,
      'programs',
    );
  }
  const found = plain ?? fcgi;
  if (found) return found;
  return readerOf(context, group).fail(
    `[${called.name}] names unknown program or fcgi-program ${program}`,
    'programs',
  );
}

function readProgram(context: Context, section: Section): ProgramGroupConfig {
  const name = nameOf(context, section);
  const values = readerOf(context, section).table(ownGroupOptions, () => context.here);
  const processes = readProcesses(context, section, name);
  return { ...values, type: 'program', name, processes };
}

function readListener(context: Context, section: Section): EventListenerPoolConfig {
  // The pool may be called anything; only the processes' names are checked.
  const name = nameAfterColon(section);
  const values = readerOf(context, section).table(eventListenerOptions, () => context.here);
  const settings = place(eventListenerOptions, values) as EventListenerPoolConfig;
  const processes = readProcesses(context, section, name);
  return { ...settings, type: 'eventlistener', name, processes };
}

function readFcgiProgram(context: Context, section: Section): FcgiGroupConfig {
  const name = nameOf(context, section);
  const settings = readFcgi(context, section, name);
  const processes = readProcesses(context, section, name);
  return { ...settings, type: 'fcgi-program', name, processes };
}

function nameOf(context: Context, section: Section): string {
  try {
    return readName(nameAfterColon(section));
  } catch (error) {
    if (error instanceof BadValue) return readerOf(context, section).fail(error.message);
    throw error;
  }
}
