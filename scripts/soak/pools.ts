import type { Ground } from './ground.ts';

/** An event listener section: what it hears of, and how it listens. */
export interface Pool {
  readonly name: string;
  readonly events: string;
  /** Events that may wait; a pool that must lose nothing has room for all that may come. */
  readonly bufferSize: number;
  readonly processes: number;
  /** What fixtures/listener.cjs is told. */
  readonly habit: string;
}

const ROOM = 1_000_000;

export const pools: readonly Pool[] = [
  {
    name: 'states',
    events: 'PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE',
    bufferSize: ROOM,
    processes: 1,
    habit: '',
  },
  {
    name: 'messages',
    events: 'PROCESS_COMMUNICATION,REMOTE_COMMUNICATION',
    bufferSize: ROOM,
    processes: 1,
    habit: '',
  },
  { name: 'outputs', events: 'PROCESS_LOG', bufferSize: ROOM, processes: 1, habit: '' },
  { name: 'ticks', events: 'TICK_5', bufferSize: ROOM, processes: 1, habit: '' },
  {
    name: 'rejecting',
    events: 'PROCESS_STATE',
    bufferSize: ROOM,
    processes: 1,
    habit: 'rejects 7',
  },
  {
    name: 'dying',
    events: 'PROCESS_COMMUNICATION',
    bufferSize: ROOM,
    processes: 1,
    habit: 'dies 100',
  },
  { name: 'pair', events: 'PROCESS_STATE', bufferSize: ROOM, processes: 2, habit: '' },
  { name: 'hurried', events: 'PROCESS_STATE', bufferSize: 3, processes: 1, habit: 'slow 100' },
];

export const processesOf = ({ name, processes }: Pool): string[] =>
  processes === 1
    ? [name]
    : Array.from({ length: processes }, (_, index) => `${name}_${String(index).padStart(2, '0')}`);

export function poolLines(ground: Ground, pool: Pool): string[] {
  const { name, events, bufferSize, processes, habit } = pool;
  const process = processes === 1 ? name : `${name}_%(process_num)02d`;
  const ledger = ground.ledgerOf(`listener.${process}`);
  return [
    `[eventlistener:${name}]`,
    `command=${ground.fixture('listener.cjs')} "${ledger}" ${habit}`.trim(),
    `events=${events}`,
    `buffer_size=${bufferSize}`,
    'startsecs=0',
    'autorestart=true',
    'stdout_logfile=NONE',
    'stderr_logfile=AUTO',
    ...(processes === 1 ? [] : [`process_name=${process}`, `numprocs=${processes}`]),
  ];
}
