import type { EventType } from '../../src/events/types.ts';
import { groupNames, processKeys } from './programs.ts';
import type { Random } from './random.ts';
import { sayings } from './step.ts';
import type { Saying, Setting, Step } from './step.ts';

const EXIT = [0, 0, 1 << 8, 2 << 8, 127 << 8];
const KILLED = [9, 15, 11 | 0x80];
const STATES: readonly EventType[] = [
  'PROCESS_STATE_STARTING',
  'PROCESS_STATE_RUNNING',
  'PROCESS_STATE_BACKOFF',
  'PROCESS_STATE_STOPPING',
  'PROCESS_STATE_STOPPED',
  'PROCESS_STATE_EXITED',
  'PROCESS_STATE_FATAL',
  'PROCESS_STATE_UNKNOWN',
];

export const randomSetting = (random: Random): Setting => ({
  variant: random.int(1_000_000),
  reap: random.pick(['any', 'own']),
  order: random.pick(['priority', 'priority', 'serial']),
  timeoutSeconds: random.pick([0, 0, 4]),
  isInit: random.chance(30),
});

type Make = (random: Random) => Step;
const process = (random: Random): string => random.pick(processKeys);
const ear = (random: Random): string => random.pick(['ears:ear_0', 'ears:ear_1']);
const group = (random: Random): string => random.pick(groupNames);
const fd = (random: Random): 1 | 2 => random.pick([1, 2]);
const variant = (random: Random): number => random.int(1_000_000);
const says = (random: Random): Saying =>
  random.weighted<Saying>([
    [8, 'ready'],
    [8, 'ok'],
    [8, 'ok, ready'],
    ...(Object.keys(sayings) as Saying[]).map((saying) => [1, saying] as const),
  ]);
const advanceMs = (random: Random): number =>
  random.weighted([
    [12, random.pick([0, 1, 50, 499, 500, 999, 1000, 1001, 2000])],
    [4, random.int(6000)],
    [1, random.pick([20_000, 120_000])],
  ]);

/** What somebody may do while an event is being told: nothing that waits. */
const reactions: readonly (readonly [number, Make])[] = [
  [3, () => ({ do: 'start', process: '.' })],
  [3, () => ({ do: 'stop', process: '.' })],
  [1, (r) => ({ do: 'start', process: process(r) })],
  [1, (r) => ({ do: 'stop', process: process(r) })],
  [1, () => ({ do: 'signal', process: '.', signal: 10 })],
  [1, () => ({ do: 'stdin', process: '.' })],
  [1, () => ({ do: 'start and wait', process: '.' })],
  [1, () => ({ do: 'stop and wait', process: '.' })],
  [1, () => ({ do: 'restart', process: '.' })],
  [2, (r) => ({ do: 'steer', to: r.pick(['start', 'stop', 'restart']), process: '.' })],
  [2, (r) => ({ do: 'remove group', group: group(r) })],
  [1, (r) => ({ do: 'stop group', group: group(r) })],
  [1, () => ({ do: 'hurry' })],
  [1, () => ({ do: 'reap' })],
  [1, () => ({ do: 'exit', process: '.', status: 0, reap: true })],
  [1, () => ({ do: 'shutdown', mood: 'SHUTDOWN' })],
];

const makes: readonly (readonly [number, Make])[] = [
  [40, (r) => ({ do: 'advance', ms: advanceMs(r) })],
  [3, (r) => ({ do: 'lag', ms: r.pick([1, 20, 500, 1000, 5000]) })],
  [1, (r) => ({ do: 'slow spawn', ms: r.pick([0, 0, 15, 1200]) })],
  [12, (r) => ({ do: 'start', process: process(r) })],
  [6, (r) => ({ do: 'start and wait', process: process(r) })],
  [10, (r) => ({ do: 'stop', process: process(r) })],
  [6, (r) => ({ do: 'stop and wait', process: process(r) })],
  [6, (r) => ({ do: 'restart', process: process(r) })],
  [2, () => ({ do: 'start removed' })],
  [6, (r) => ({ do: 'steer', to: r.pick(['start', 'stop', 'restart']), process: process(r) })],
  [3, (r) => ({ do: 'start group', group: group(r) })],
  [3, (r) => ({ do: 'stop group', group: group(r) })],
  [2, () => ({ do: 'start all' })],
  [2, () => ({ do: 'stop all' })],
  [5, (r) => ({ do: 'signal', process: process(r), signal: r.pick([0, 1, 9, 10, 15]) })],
  [4, (r) => ({ do: 'stdin', process: process(r) })],
  [2, (r) => ({ do: 'clog stdin', process: r.chance(50) ? ear(r) : process(r) })],
  [3, (r) => ({ do: 'read stdin', process: r.chance(50) ? ear(r) : process(r) })],
  [1, (r) => ({ do: 'close stdin', process: process(r) })],
  [2, (r) => ({ do: 'clear logs', process: process(r) })],
  [2, () => ({ do: 'reopen logs' })],
  [20, (r) => ({ do: 'exit', process: process(r), status: r.pick(EXIT), reap: r.chance(80) })],
  [8, (r) => ({ do: 'exit', process: process(r), status: r.pick(KILLED), reap: r.chance(80) })],
  [16, (r) => ({ do: 'obey', signals: r.pick(['all', 'all', 'SIGKILL']) })],
  [6, () => ({ do: 'reap' })],
  [2, (r) => ({ do: 'stranger', status: r.pick([...EXIT, ...KILLED]), reused: r.chance(50) })],
  [1, (r) => ({ do: 'leave behind', pid: 900 + r.int(5) })],
  [4, () => ({ do: 'reuse pid' })],
  [3, (r) => ({ do: 'fail spawn', code: r.pick(['EAGAIN', 'ENOMEM']) })],
  [2, (r) => ({ do: 'fail pipe', code: r.pick(['EMFILE', 'ENFILE']) })],
  [1, () => ({ do: 'fail socket', code: 'EADDRINUSE' })],
  [3, () => ({ do: 'stillborn' })],
  [2, (r) => ({ do: 'fail kill', process: process(r), code: 'ESRCH' })],
  [1, (r) => ({ do: 'fail kill', process: process(r), code: 'EPERM' })],
  [8, (r) => ({ do: 'output', process: process(r), fd: fd(r), bytes: 1 + r.int(200) })],
  [8, (r) => ({ do: 'leave in pipe', process: process(r), fd: fd(r), bytes: 1 + r.int(200) })],
  [3, (r) => ({ do: 'end output', process: process(r), fd: fd(r) })],
  [24, (r) => ({ do: 'say', process: ear(r), what: says(r) })],
  [4, (r) => ({ do: 'leave saying', process: ear(r), what: says(r) })],
  [3, (r) => ({ do: 'set clock', byMs: r.pick([-3_600_000, -5000, -900, 900, 5000, 86_400_000]) })],
  [1, (r) => ({ do: 'reread', variant: variant(r) })],
  [2, (r) => ({ do: 'update', variant: variant(r) })],
  [1, (r) => ({ do: 'update group', variant: variant(r), group: group(r) })],
  [3, (r) => ({ do: 'add group', group: group(r) })],
  [3, (r) => ({ do: 'remove group', group: group(r) })],
  [2, (r) => ({ do: 'create group', group: group(r), variant: variant(r) })],
  [3, (r) => ({ do: 'add process', process: process(r), variant: variant(r) })],
  [3, (r) => ({ do: 'remove process', process: process(r) })],
  [1, () => ({ do: 'hurry' })],
  [1, (r) => ({ do: 'shutdown', mood: r.pick(['SHUTDOWN', 'RESTARTING']) })],
  [6, (r) => ({ do: 'when', event: r.pick(STATES), react: r.weighted(reactions)(r) })],
];

export const randomStep = (random: Random): Step => random.weighted(makes)(random);
