import type { Random } from '../../fuzz/random.ts';
import type { Ground } from './ground.ts';
import { habitOf, habits } from './habits.ts';
import type { Habit, HabitName } from './habits.ts';

/** One process of the configuration, and where its output and its ledger are. */
export interface Program {
  /** Of no other process, whatever its group. */
  readonly name: string;
  readonly group: string;
  readonly habitName: HabitName;
  readonly habit: Habit;
  /** Its log folder can be taken away for a while. */
  readonly away: boolean;
}

/** `name`, or `group:name`. */
export const namespec = ({ name, group }: Program): string =>
  name === group ? name : `${group}:${name}`;

/** A section of the configuration and the processes that come of it. */
export interface Section {
  readonly name: string;
  readonly lines: readonly string[];
  readonly programs: readonly Program[];
}

const MAX_BYTES = 50_000;
/** More than come of a night: each backup is read at the end. */
const BACKUPS = 20_000;

/** So many processes of mixed habits: the same for the same seed. */
export function sections(ground: Ground, count: number, random: Random): Section[] {
  const names = habitNames(count);
  const made: Section[] = [];
  for (let index = 0; index < names.length;) {
    const habit = names[index] as HabitName;
    const same = names.slice(index).findIndex((name) => name !== habit);
    const left = same === -1 ? names.length - index : same;
    // Some as a group of numbered processes.
    const copies = left >= 3 && random.once(4) && habit !== 'reader' ? 3 : 1;
    made.push(section(ground, `${habit}${index}`, habit, copies, random));
    index += copies;
  }
  return made;
}

/** One section; `kind` may be `fcgi-program`. */
export function section(
  ground: Ground,
  name: string,
  habitName: HabitName,
  copies: number,
  random: Random,
  kind: readonly string[] = [],
): Section {
  const habit = habitOf(habitName);
  const away = !habit.silent && habit.treatment === 'restarts' && random.once(12);
  const folder = away ? ground.away : ground.logs;
  const process = copies === 1 ? name : `${name}_%(process_num)02d`;
  const ledger = habit.silent ? [] : [`${ground.ledgers}/${process}`, process];
  const program = ground.fixture(habit.fixture);
  const words = [...ledger, ...habit.words(random)].map((word) => `"${word}"`);
  const rotation = `maxbytes=${habit.maxBytes ?? MAX_BYTES}`;
  const lines = [
    kind[0] ?? `[program:${name}]`,
    ...kind.slice(1),
    `command=${program} ${words.join(' ')}`.trim(),
    'startsecs=0',
    'stopwaitsecs=3',
    ...(copies === 1 ? [] : [`process_name=${process}`, `numprocs=${copies}`]),
    ...(habit.silent
      ? []
      : (['stdout', 'stderr'] as const).flatMap((channel) => [
          `${channel}_logfile=${folder}/${process}.${channel}`,
          `${channel}_logfile_${rotation}`,
          `${channel}_logfile_backups=${BACKUPS}`,
        ])),
    ...(habit.options ?? []),
  ];
  return {
    name,
    lines: withoutRepeats(lines),
    programs: Array.from({ length: copies }, (_, index) => ({
      name: copies === 1 ? name : `${name}_${String(index).padStart(2, '0')}`,
      group: name,
      habitName,
      habit,
      away,
    })),
  };
}

/** An option that is set twice is what it is set to last. */
function withoutRepeats(lines: readonly string[]): string[] {
  const byOption = new Map(lines.map((line) => [line.split('=', 1)[0], line]));
  return [...byOption.values()];
}

/** Each habit as often as its share says, and once at least. */
function habitNames(count: number): HabitName[] {
  const all = Object.keys(habits) as HabitName[];
  const total = all.reduce((sum, name) => sum + habitOf(name).share, 0);
  const times = new Map(
    all.map((name) => [name, Math.max(1, Math.round((habitOf(name).share * count) / total))]),
  );
  const most = (): HabitName =>
    all.reduce((one, other) => ((times.get(other) ?? 0) > (times.get(one) ?? 0) ? other : one));
  const sum = (): number => [...times.values()].reduce((so, one) => so + one, 0);
  for (; sum() > Math.max(count, all.length);) times.set(most(), (times.get(most()) ?? 0) - 1);
  for (; sum() < count;) times.set('silent', (times.get('silent') ?? 0) + 1);
  return all.flatMap((name) => Array.from({ length: times.get(name) ?? 0 }, () => name));
}
