import type { Random } from '../../fuzz/random.ts';

/** What the traffic of clients may do to programs of a habit. */
export type Treatment = 'restarts' | 'clears' | 'moves' | 'keeps';

/** How a program behaves, and what its sections have besides its command and logs. */
export interface Habit {
  /** So many of a hundred programs. */
  readonly share: number;
  readonly treatment: Treatment;
  /** Its command, but for the ledger and the name that the fixture gets first. */
  readonly fixture: string;
  readonly words: (random: Random) => readonly (string | number)[];
  readonly options?: readonly string[];
  /** Whether a record may be cut where a life ends: it is longer than the kernel writes at once. */
  readonly tears?: boolean;
  /** Bytes of a log file before it is rotated; 0 never. */
  readonly maxBytes?: number;
  /** It keeps no ledger. */
  readonly silent?: boolean;
}

const writes = (
  size: number,
  batch: readonly [number, number],
  pause: readonly [number, number],
  habits = '',
): Habit['words'] => {
  return (random) => [
    size,
    random.between(...batch),
    random.between(pause[0] * 10, pause[1] * 10) / 10,
    0,
    0,
    habits,
  ];
};

const ends = (batch: number, last: number, status: number): Habit['words'] => {
  return () => [16, batch, 0.2, last, status, ''];
};

const writer = { fixture: 'writer.sh', treatment: 'restarts' } as const;
const again = ['autorestart=true', 'startsecs=0'];

/** A table by the beginning of the names of the programs. */
export const habits = {
  steady: { ...writer, share: 14, words: writes(64, [1, 5], [0.3, 1.2]), maxBytes: 20_000 },
  polite: { ...writer, share: 6, words: writes(64, [1, 5], [0.3, 0.9], 'polite') },
  bursts: { ...writer, share: 5, words: writes(64, [300, 2000], [2, 5]), maxBytes: 200_000 },
  gusts: {
    share: 2,
    treatment: 'restarts',
    fixture: 'gusts.cjs',
    words: (random) => [random.between(1000, 5000), random.between(2, 4)],
    tears: true,
    maxBytes: 1_000_000,
  },
  colours: {
    ...writer,
    share: 6,
    words: writes(32, [1, 10], [0.4, 1.2], 'colours'),
  },
  silent: { share: 14, treatment: 'restarts', fixture: 'silent.sh', words: () => [], silent: true },
  quick: { ...writer, share: 5, words: ends(5, 20, 0), options: again },
  failing: {
    ...writer,
    share: 3,
    words: ends(3, 9, 7),
    options: ['autorestart=unexpected', 'startsecs=0'],
  },
  crashing: {
    share: 3,
    treatment: 'restarts',
    fixture: 'crasher.sh',
    words: () => [3],
    options: ['startsecs=1', 'startretries=2'],
    silent: true,
  },
  missing: {
    share: 1,
    treatment: 'restarts',
    fixture: 'there-is-no-such-program',
    words: () => [],
    options: ['startretries=1'],
    silent: true,
  },
  deaf: {
    ...writer,
    share: 4,
    words: writes(16, [1, 2], [0.5, 1], 'deaf'),
    options: ['stopwaitsecs=1', 'killasgroup=true'],
  },
  forks: {
    ...writer,
    share: 3,
    words: writes(16, [1, 2], [0.5, 1], 'forks'),
    options: ['stopasgroup=true'],
  },
  leaves: { ...writer, share: 3, words: writes(16, [1, 2], [0.5, 1], 'forks') },
  reader: { share: 3, treatment: 'keeps', fixture: 'reader.sh', words: () => [] },
  sender: {
    ...writer,
    share: 6,
    words: writes(16, [1, 4], [0.4, 1], 'sends'),
    options: ['stdout_capture_maxbytes=1MB'],
  },
  told: {
    ...writer,
    share: 3,
    words: writes(32, [1, 8], [0.4, 1]),
    options: ['stdout_events_enabled=true'],
  },
  stderr: { ...writer, share: 3, words: writes(64, [1, 5], [0.5, 1], 'stderr') },
  turns: {
    ...writer,
    share: 3,
    words: writes(32, [2, 6], [0.5, 1], 'turns'),
    options: ['redirect_stderr=true'],
  },
  closes: { ...writer, share: 2, words: writes(32, [2, 4], [0.5, 1], 'closes') },
  unended: {
    ...writer,
    share: 3,
    words: writes(8192, [1, 3], [0.8, 1.6], 'unended'),
    tears: true,
    maxBytes: 300_000,
  },
  binary: { ...writer, share: 2, words: writes(256, [1, 3], [0.5, 1], 'binary') },
  once: {
    ...writer,
    share: 2,
    words: ends(10, 50, 0),
    options: ['autorestart=false', 'startsecs=0'],
  },
  cleared: { ...writer, share: 2, treatment: 'clears', words: writes(32, [1, 4], [0.4, 0.9]) },
  moved: {
    ...writer,
    share: 2,
    treatment: 'moves',
    words: writes(32, [1, 4], [0.4, 0.9]),
    maxBytes: 0,
  },
} satisfies Readonly<Record<string, Habit>>;

export type HabitName = keyof typeof habits;

export const habitOf = (name: HabitName): Habit => habits[name];
