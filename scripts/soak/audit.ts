import { readLedger } from './accounts/ledger.ts';
import { readListenerLedger } from './accounts/listener-ledger.ts';
import type { EventSeen, ListenerLedger } from './accounts/listener-ledger.ts';
import { compare } from './accounts/lives.ts';
import type { Verdict } from './accounts/lives.ts';
import { wholeLog } from './accounts/log-files.ts';
import { judgeMainLog } from './accounts/main-log.ts';
import type { MainLogVerdict } from './accounts/main-log.ts';
import { judgePool } from './accounts/pool.ts';
import type { PoolVerdict } from './accounts/pool.ts';
import { readRecords } from './accounts/records.ts';
import type { RecordFound } from './accounts/records.ts';
import { judgeStates } from './accounts/states.ts';
import type { Ground } from './ground.ts';
import { pools, processesOf } from './pools.ts';
import type { Program } from './programs.ts';
import type { Books } from './traffic/context.ts';

export interface Audit {
  readonly logs: readonly Verdict[];
  readonly bytes: number;
  readonly files: number;
  readonly torn: number;
  /** Of what senders and programs with events have told, as it came to the listeners. */
  readonly told: readonly Verdict[];
  readonly messages: number;
  readonly pools: readonly PoolVerdict[];
  readonly rejected: number;
  readonly deaths: number;
  readonly states: number;
  readonly chains: readonly string[];
  /** Lines and remote events that were taken, and did not come, or came twice. */
  readonly strays: readonly string[];
  readonly taken: number;
  readonly missedTicks: number;
  readonly mainLog: MainLogVerdict;
}

/** Reads all that is left of a soak, and compares it. */
export function audit(
  ground: Ground,
  programs: readonly Program[],
  books: Books,
  cutOff: ReadonlyMap<string, ReadonlySet<number>>,
): Audit {
  const mainLog = judgeMainLog(wholeLog(ground.mainLog).bytes.toString('utf8'));
  const ledgers = new Map(
    pools.map((pool) => [
      pool.name,
      processesOf(pool).map((name) => readListenerLedger(ground.ledgerOf(`listener.${name}`))),
    ]),
  );
  const eventsOf = (name: string): readonly EventSeen[] => ledgers.get(name)?.[0]?.events ?? [];
  const all = [...ledgers.values()].flat();
  let [bytes, files, torn] = [0, 0, 0];
  const logs = programs
    .filter(({ habit }) => !habit.silent)
    .map(({ name, habit, away }) => {
      const folder = away ? ground.away : ground.logs;
      const records = (['stdout', 'stderr'] as const).map((channel) => {
        const log = wholeLog(`${folder}/${name}.${channel}`);
        bytes += log.bytes.length;
        files += log.pieces;
        return readRecords(log.bytes, name, habit.tears ?? false);
      });
      torn += records.reduce((sum, one) => sum + one.torn, 0);
      const clears = books.clears.get(name) ?? 0;
      return compare(name, readLedger(ground.ledgerOf(name)), records, { clears });
    });
  const messages = messagesOf(eventsOf('messages'));
  return {
    logs,
    bytes,
    files,
    torn,
    told: programs.flatMap((program) =>
      told(ground, program, messages, eventsOf('outputs'), cutOff),
    ),
    messages:
      messages.size === 0 ? 0 : [...messages.values()].reduce((sum, one) => sum + one.length, 0),
    pools: pools.map((pool) =>
      judgePool(pool, ledgers.get(pool.name) ?? [], mainLog.discarded.get(pool.name) ?? new Set()),
    ),
    rejected: sum(all, ({ rejected }) => rejected),
    deaths: sum(all, ({ deaths }) => deaths),
    states: eventsOf('states').length,
    chains: judgeStates(eventsOf('states')),
    strays: straysOf(ground, programs, books, eventsOf('messages')),
    taken: books.taken.length,
    missedTicks: missedTicks(eventsOf('ticks')),
    mainLog,
  };
}

const sum = (ledgers: readonly ListenerLedger[], of: (one: ListenerLedger) => number): number =>
  ledgers.reduce((total, one) => total + of(one), 0);

/** By sender, what it has sent between the tokens. */
export function messagesOf(events: readonly EventSeen[]): Map<string, RecordFound[]> {
  const messages = new Map<string, RecordFound[]>();
  for (const { name, data } of events) {
    if (!name.startsWith('PROCESS_COMMUNICATION')) continue;
    const [sender = '', life, number] = dataOf(data).split(' ');
    const found = messages.get(sender) ?? [];
    found.push({ life: Number(life), number: Number(number) });
    messages.set(sender, found);
  }
  return messages;
}

/** What follows the first line of a payload. */
const dataOf = (payload: string): string => payload.slice(payload.indexOf('\n') + 1);

function told(
  ground: Ground,
  { name, habit, habitName }: Program,
  messages: ReadonlyMap<string, RecordFound[]>,
  outputs: readonly EventSeen[],
  cutOff: ReadonlyMap<string, ReadonlySet<number>>,
): Verdict[] {
  const lives = readLedger(ground.ledgerOf(name));
  const allowed = { cutOff: cutOff.get(name) ?? new Set<number>() };
  if (habitName === 'sender') {
    const found = messages.get(name) ?? [];
    return [compare(`messages of ${name}`, lives, [{ found, damaged: [], torn: 0 }], allowed)];
  }
  if (habitName !== 'told') return [];
  const text = outputs
    .filter(({ data }) => data.startsWith(`processname:${name} `))
    .map(({ data }) => dataOf(data))
    .join('');
  const records = readRecords(Buffer.from(text), name, habit.tears ?? false);
  return [compare(`output events of ${name}`, lives, [records], allowed)];
}

function straysOf(
  ground: Ground,
  programs: readonly Program[],
  books: Books,
  events: readonly EventSeen[],
): string[] {
  const arrived = new Map<string, number[]>([
    [
      'remote',
      events
        .filter(({ name }) => name === 'REMOTE_COMMUNICATION')
        .map(({ data }) => Number(dataOf(data))),
    ],
    ...programs
      .filter(({ habit }) => habit.treatment === 'keeps')
      .map(({ name }): [string, number[]] => [
        name,
        readLedger(ground.ledgerOf(name)).flatMap(({ read }) => read),
      ]),
  ]);
  const twice = [...arrived].flatMap(([name, numbers]) =>
    numbers
      .filter((number, index) => numbers.indexOf(number) !== index)
      .map((number) => `${number} came to ${name} twice`),
  );
  const sets = new Map([...arrived].map(([name, numbers]) => [name, new Set(numbers)]));
  const never = books.taken
    .filter((one) => sets.get(one.name)?.has(one.number) !== true && !books.isCutOff(one))
    .map(({ name, number }) => `${number} was taken for ${name} and never came`);
  return [...twice, ...never];
}

/** Ticks every five seconds that were left out, but for the pauses of a reload. */
function missedTicks(events: readonly EventSeen[]): number {
  const times = events.map(({ poolserial, data }) => ({
    poolserial,
    when: Number(data.split(':')[1]),
  }));
  return times.reduce((missed, { poolserial, when }, index) => {
    const before = times[index - 1];
    if (before === undefined || poolserial < before.poolserial) return missed;
    return missed + Math.max(0, (when - before.when) / 5 - 1);
  }, 0);
}
