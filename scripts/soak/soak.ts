import { existsSync } from 'node:fs';

import { Random } from '../../fuzz/random.ts';
import type { Client } from '../../packages/rpc/src/index.ts';
import { childrenOf } from '../bench/harness/proc.ts';
import { readLedger } from './accounts/ledger.ts';
import { readListenerLedger } from './accounts/listener-ledger.ts';
import { trendOf } from './accounts/memory.ts';
import type { Trend } from './accounts/memory.ts';
import { audit, messagesOf } from './audit.ts';
import type { Audit } from './audit.ts';
import { configure } from './configuration.ts';
import { Daemon } from './daemon.ts';
import { descriptorsOf, filesOf } from './descriptors.ts';
import type { Descriptors } from './descriptors.ts';
import { excess, expectedDescriptors } from './expected.ts';
import type { Expected } from './expected.ts';
import { Ground } from './ground.ts';
import { namespec } from './programs.ts';
import type { Program } from './programs.ts';
import { Tally } from './tally.ts';
import { clients } from './traffic/clients.ts';
import type { Party } from './traffic/clients.ts';
import { Books } from './traffic/context.ts';
import { Upkeep } from './traffic/upkeep.ts';
import { elapse, until } from './wait.ts';
import { Watch } from './watch.ts';
import type { Watched } from './watch.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly programs: number;
  /** Whether its folder, with all logs and ledgers, is left there. */
  readonly keep: boolean;
  readonly progress: (line: string) => void;
}

export interface Outcome {
  readonly options: Omit<SoakOptions, 'progress' | 'keep'>;
  readonly seconds: number;
  readonly done: Readonly<Record<string, number>>;
  readonly surprises: readonly string[];
  readonly audit: Audit;
  readonly watched: Watched;
  readonly trend: Trend | undefined;
  readonly descriptors: {
    /** While the programs ran and nobody was connected. */
    readonly running: Descriptors;
    readonly expected: Expected;
    /** With everything stopped: before and after. */
    readonly before: Descriptors;
    readonly after: Descriptors;
    /** Files that were open while the programs ran, and are the log of none that did. */
    readonly strays: readonly string[];
  };
  readonly childrenWhenStopped: number;
  readonly exit: Daemon['ended'];
  readonly leftOver: readonly string[];
}

const CLIENTS = 12;
const RELOADS = 4;

/** From a start of the daemon to its end, and the accounts after it. */
export async function soak(options: SoakOptions): Promise<Outcome> {
  const ground = new Ground();
  const removeAtExit = (): void => {
    if (!options.keep) ground.remove();
  };
  let daemon: Daemon | undefined;
  const killAtExit = (): void => daemon?.kill();
  process.on('exit', killAtExit);
  process.on('exit', removeAtExit);
  try {
    const random = new Random(options.seed);
    const configuration = configure(ground, options.programs, random);
    daemon = new Daemon(ground);
    return await run(options, ground, configuration, daemon, random);
  } finally {
    daemon?.kill();
    removeAtExit();
    process.off('exit', killAtExit);
    process.off('exit', removeAtExit);
  }
}

async function run(
  { minutes, seed, programs: count, progress }: SoakOptions,
  ground: Ground,
  configuration: ReturnType<typeof configure>,
  daemon: Daemon,
  random: Random,
): Promise<Outcome> {
  const { programs } = configuration;
  const tally = new Tally();
  const books = new Books();
  const party = { daemon, programs, tally, books };
  await daemon.answers();
  const begun = performance.now();
  progress(`${programs.length} programs, pid ${daemon.pid}, in ${ground.folder}`);
  await elapse(2);
  const before = await stoppedDescriptors(daemon);
  await withClient(daemon, (client) => client.call('supervisor.startAllProcesses', [false]));
  const watch = new Watch(daemon);
  const seconds = minutes * 60;
  const upkeep = new Upkeep(party, configuration, random);
  const isOver = (): boolean =>
    performance.now() - begun > seconds * 1000 || daemon.ended !== undefined;
  const reloads = timesOf(Math.max(1, Math.round((RELOADS * minutes) / 10)), seconds);
  const reporter = setInterval(
    () => progress(`${Math.round((performance.now() - begun) / 1000)} s`),
    30_000,
  );
  await Promise.all([clients(party, CLIENTS, seed * 1000, isOver), upkeep.run(reloads, isOver)]);
  clearInterval(reporter);
  const watched = await watch.stop();
  progress('clients are gone; settling');
  const running = await settle(party, upkeep, before);
  const after = await stoppedDescriptors(daemon);
  const childrenWhenStopped = childrenOf(daemon.pid).length;
  await withClient(daemon, (client) => client.call('supervisor.startAllProcesses', [false]));
  await elapse(1);
  await daemon.terminate();
  running.cut();
  const leftOver = [
    ...daemon.leftOver().map((pid) => `process ${pid}`),
    ...[ground.socket, ground.pidfile].filter((path) => existsSync(path)),
  ];
  progress('reading all that was written');
  return {
    options: { minutes, seed, programs: count },
    seconds: (performance.now() - begun) / 1000,
    done: tally.counts,
    surprises: tally.surprises,
    audit: audit(ground, programs, books, upkeep.cutOff),
    watched,
    trend: minutes < SHORTEST_TREND_MINUTES ? undefined : trendOf(watched.samples),
    descriptors: {
      running: running.descriptors,
      expected: running.expected,
      before,
      after,
      strays: running.strays,
    },
    childrenWhenStopped,
    exit: daemon.ended,
    leftOver,
  };
}

/** So many, evenly over the time. */
const timesOf = (count: number, seconds: number): number[] =>
  Array.from({ length: count }, (_, index) => (seconds * (index + 0.5)) / count);

/** In less time a heap does not show where it is going. */
const SHORTEST_TREND_MINUTES = 3;

async function withClient<T>(daemon: Daemon, act: (client: Client) => Promise<T>): Promise<T> {
  const client = daemon.client();
  try {
    return await act(client);
  } finally {
    client.close();
  }
}

/** Two starts of a process are no more than a second apart, unless it was stopped. */
const RESTARTS_WITHIN_SECONDS = 1.5;

/** One that has just ended by itself does not run, and is started again: so it is not enough to stop all once. */
async function stayAsTheyAre(client: Client): Promise<boolean> {
  const starts = async (): Promise<string> =>
    (await client.call('supervisor.getAllProcessInfo', [])).map(({ start }) => start).join();
  const before = await starts();
  await elapse(RESTARTS_WITHIN_SECONDS);
  return (await starts()) === before;
}

/** With nothing running and nobody connected. */
async function stoppedDescriptors(daemon: Daemon): Promise<Descriptors> {
  await until('all to stop', async () =>
    withClient(daemon, async (client) => {
      await client.call('supervisor.stopAllProcesses', [true]);
      return (await stayAsTheyAre(client)) && childrenOf(daemon.pid).length === 0;
    }),
  );
  // What programs have left running ends by itself, and what clients have closed is closed.
  await until('what programs left to end', () => daemon.leftOver().length === 0);
  await elapse(0.5);
  return descriptorsOf(daemon.pid);
}

/** Until all that was said has been heard; then what the daemon has open while its programs run. */
async function settle(
  { daemon, programs }: Party,
  upkeep: Upkeep,
  stopped: Descriptors,
): Promise<Running & { cut: () => void }> {
  const { ground } = daemon;
  const comeAndGo = programs.filter(({ habitName }) =>
    ['quick', 'failing', 'once', 'crashing', 'missing', 'sender', 'told'].includes(habitName),
  );
  await until('those that come and go to stop', async () =>
    withClient(daemon, async (client) => {
      for (const program of comeAndGo) {
        await client
          .call('supervisor.stopProcess', [namespec(program), true])
          .catch(() => undefined);
      }
      return stayAsTheyAre(client);
    }),
  );
  const senders = programs.filter(({ habitName }) => habitName === 'sender');
  await until(
    'the last message to be heard',
    () => {
      const { events } = readListenerLedger(ground.ledgerOf('listener.messages'));
      const messages = messagesOf(events);
      return senders.every(({ name }) => {
        const last = readLedger(ground.ledgerOf(name)).at(-1);
        const heard = messages.get(name)?.filter(({ life }) => life === last?.life).length ?? 0;
        return last === undefined || heard >= last.written;
      });
    },
    20_000,
  ).catch(() => undefined);
  await elapse(4);
  const cut = upkeep.cutOffFromNow();
  return { ...(await runningDescriptors(daemon, programs, stopped)), cut };
}

interface Running {
  readonly descriptors: Descriptors;
  readonly expected: Expected;
  readonly strays: readonly string[];
}

/** Counted while nothing starts or ends; a leak is what does not go away. */
async function runningDescriptors(
  daemon: Daemon,
  programs: readonly Program[],
  stopped: Descriptors,
): Promise<Running> {
  const expect = (): ReturnType<typeof expectedDescriptors> =>
    withClient(daemon, (client) => expectedDescriptors(client, programs));
  for (let tries = 0; ; tries++) {
    const { expected, logs } = await expect();
    await elapse(0.5);
    const descriptors = descriptorsOf(daemon.pid);
    const known = new Set([...logs, daemon.ground.mainLog]);
    const strays = filesOf(daemon.pid).filter((path) => !known.has(path));
    const isSteady = (await expect()).expected.starts === expected.starts;
    const isFine = isSteady && excess(descriptors, stopped, expected) === 0;
    if (isFine || tries === MOST_TRIES) return { descriptors, expected, strays };
  }
}

const MOST_TRIES = 20;
