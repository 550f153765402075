import type { Verdict } from './accounts/lives.ts';
import { excess } from './expected.ts';
import type { Outcome } from './soak.ts';

/** What must be zero, or within its limit. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit?: string;
  readonly details: readonly string[];
}

/** A machine that is busy with other things may hold the daemon up for a while. */
const LONGEST_MS = 5000;
/** Beyond that memory that is never given back. */
const MOST_GROWN_MIB = 3;

/** What is asked of a soak; see docs/performance.md. */
export function verdict(outcome: Outcome): Line[] {
  const { audit, watched, trend, descriptors, exit, surprises } = outcome;
  const total = (verdicts: readonly Verdict[], key: keyof Omit<Verdict, 'examples'>): number =>
    verdicts.reduce((sum, one) => sum + one[key], 0);
  const examples = audit.logs.flatMap((one) => one.examples);
  const told = audit.told.flatMap((one) => one.examples);
  const ofPools = (key: 'lost' | 'doubled' | 'misplaced'): number =>
    audit.pools.reduce((sum, one) => sum + one[key], 0);
  const inPools = audit.pools.flatMap((one) => one.examples);
  const { mainLog } = audit;
  const line = (what: string, value: number, details: readonly string[] = []): Line => ({
    what,
    value,
    limit: 0,
    details,
  });
  return [
    line('records lost', total(audit.logs, 'lost'), examples),
    line('records doubled', total(audit.logs, 'doubled'), examples),
    line('records out of order', total(audit.logs, 'misplaced'), examples),
    line('places with bytes that nobody wrote', total(audit.logs, 'damaged'), examples),
    line('bytes that the daemon says it dropped', mainLog.bytesDropped),
    line('events lost', ofPools('lost') + total(audit.told, 'lost'), [...inPools, ...told]),
    line('events doubled', ofPools('doubled') + total(audit.told, 'doubled'), [
      ...inPools,
      ...told,
    ]),
    line('events out of order', ofPools('misplaced') + total(audit.told, 'misplaced'), [
      ...inPools,
      ...told,
    ]),
    line('broken chains of states', audit.chains.length, audit.chains),
    line('input lost or doubled', audit.strays.length, audit.strays),
    line('ticks left out, but for stalls', Math.max(0, audit.missedTicks - watched.stalls)),
    line('starts and ends that do not pair', mainLog.unpaired.length, mainLog.unpaired),
    line('alarms in the main log', mainLog.alarms.length, mainLog.alarms),
    line('answers that surprise', surprises.length, surprises),
    line('zombies', watched.zombies),
    line('children with everything stopped', outcome.childrenWhenStopped),
    line('descriptors leaked', leaked(outcome), [
      JSON.stringify({ ...descriptors, strays: undefined }),
      ...descriptors.strays,
    ]),
    line('processes and files left after TERM', outcome.leftOver.length, outcome.leftOver),
    line('exit status', exit?.status ?? 1, [JSON.stringify(exit)]),
    line('starts that nobody asked for', mainLog.starts - 1 - (outcome.done['HUP'] ?? 0)),
    {
      what: 'growth of private dirty memory',
      value: trend === undefined ? 0 : Math.max(0, round(trend.grownMiB)),
      limit: MOST_GROWN_MIB,
      unit: 'MiB',
      details: [JSON.stringify(trend)],
    },
    {
      what: 'longest wait for getState',
      value: Math.round(watched.longestMs),
      limit: LONGEST_MS,
      unit: 'ms',
      details: [
        `after ${Math.round(watched.longestAt)} s; this program itself was up to ${Math.round(watched.ownDelayMs)} ms late`,
      ],
    },
  ];
}

/** By how many the counts are off, with everything stopped and with what ran at the end. */
function leaked({ descriptors: { before, after, running, expected } }: Outcome): number {
  const stopped = (['pipe', 'socket', 'file', 'other'] as const).map((kind) =>
    Math.abs(after[kind] - before[kind]),
  );
  return stopped.reduce((sum, one) => sum + one, excess(running, after, expected));
}

const round = (value: number): number => Math.round(value * 100) / 100;

export const isFine = (lines: readonly Line[]): boolean =>
  lines.every(({ value, limit }) => value <= limit && value >= 0);

const MOST_DETAILS = 12;

/** The report, as text. */
export function table(outcome: Outcome, lines: readonly Line[]): string {
  const { audit, watched, options } = outcome;
  const records = audit.logs.reduce((sum, one) => sum + one.records, 0);
  const tail = audit.told.reduce((sum, one) => sum + one.tail, 0);
  const events = audit.pools.reduce((sum, one) => sum + one.delivered, 0);
  const discarded = audit.pools.reduce((sum, one) => sum + one.discarded, 0);
  const facts: readonly (readonly [string, number])[] = [
    ['records written', records],
    ['bytes in logs', audit.bytes],
    ['files they are in', audit.files],
    ['bytes of records that a kill cut off', audit.torn],
    ['processes spawned', audit.mainLog.spawns],
    ['events delivered', events],
    ['events that a pool had no room for, and said so', discarded],
    ['events rejected, and delivered again', audit.rejected],
    ['lives of listeners that ended', audit.deaths],
    ['messages between tokens', audit.messages],
    ['messages cut off by a reload', tail],
    ['lines and remote events sent', audit.taken],
    ['troubles with log files, told', audit.mainLog.troubles],
    ['getState asked', watched.probes],
    ['answers that took more than a second', watched.stalls],
    ['ms that this program itself was late at most', Math.round(watched.ownDelayMs)],
  ];
  const rows = [
    `soak: ${options.programs} programs, ${options.minutes} minutes, seed ${options.seed}`,
    '',
    ...Object.entries(outcome.done).map(([what, times]) => row(what, times)),
    '',
    ...facts.map(([what, value]) => row(what, value)),
    '',
    ...lines.flatMap((one) => {
      const isWrong = one.value > one.limit || one.value < 0;
      const limit = one.limit === 0 ? '' : ` (at most ${one.limit})`;
      return [
        `${isWrong ? 'WRONG ' : 'fine  '}${row(one.what, one.value)} ${one.unit ?? ''}${limit}`.trimEnd(),
        ...(isWrong ? one.details.slice(0, MOST_DETAILS).map((detail) => `        ${detail}`) : []),
      ];
    }),
  ];
  return `${rows.join('\n')}\n`;
}

const row = (what: string, value: number): string =>
  `${what.padEnd(50)} ${value.toLocaleString('en').padStart(14)}`;
