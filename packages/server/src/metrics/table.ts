import { processStates, supervisorStates } from '@tsvisor/core';
import type { Process } from '@tsvisor/core';

import type { Counts } from './counts.ts';
import type { Family, Sample } from './exposition.ts';
import type { Look } from './look.ts';
import { ownProcess } from './own-process.ts';

export interface Metric extends Family {
  /** What there is of it; nothing where nobody knows. */
  readonly samples: (look: Look) => Iterable<Sample>;
}

const PROCESS = ['name', 'group'] as const;

/** Every metric, in the order of an answer: a new one is a row, and a line of docs/reference/metrics.md. */
export const metrics: readonly Metric[] = [
  // As node_exporter's supervisord collector has them: dashboards go by names, labels and values.
  {
    name: 'node_supervisord_up',
    type: 'gauge',
    help: 'Process Up',
    labels: PROCESS,
    samples: (look) => ofProcesses(look, (process) => Number(hasChild(process))),
  },
  {
    name: 'node_supervisord_state',
    type: 'gauge',
    help: 'Process State',
    labels: PROCESS,
    samples: (look) => ofProcesses(look, ({ state }) => processStates[state]),
  },
  {
    name: 'node_supervisord_exit_status',
    type: 'gauge',
    help: 'Process Exit Status',
    labels: PROCESS,
    samples: (look) => ofProcesses(look, ({ facts }) => facts.exitStatus ?? 0),
  },
  {
    name: 'node_supervisord_start_time_seconds',
    type: 'counter',
    help: 'Process start time',
    labels: PROCESS,
    samples: (look) =>
      ofProcesses(look, (process) =>
        hasChild(process) ? Math.floor(process.facts.startedAt / 1000) : undefined,
      ),
  },
  {
    name: 'tsvisor_process_spawns_total',
    type: 'counter',
    help: 'How often the process has been spawned.',
    labels: PROCESS,
    samples: (look) => ofCounts(look, ({ spawns }) => spawns),
  },
  {
    name: 'tsvisor_process_restarts_total',
    type: 'counter',
    help: 'How often the process has been started again, by whomever.',
    labels: PROCESS,
    samples: (look) => ofCounts(look, ({ restarts }) => restarts),
  },
  {
    name: 'tsvisor_process_log_bytes_total',
    type: 'counter',
    help: 'Bytes of output that were handed to the log of the channel.',
    labels: [...PROCESS, 'channel'],
    *samples({ counts }) {
      for (const [{ name, group }, { stdoutBytes, stderrBytes }] of counts) {
        yield [[name, group, 'stdout'], stdoutBytes];
        yield [[name, group, 'stderr'], stderrBytes];
      }
    },
  },
  {
    name: 'tsvisor_process_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time of the process and all that belongs to it, as far as it was seen.',
    labels: PROCESS,
    samples: (look) => ofCounts(look, ({ cpuSeconds }) => cpuSeconds),
  },
  {
    name: 'tsvisor_process_resident_memory_bytes',
    type: 'gauge',
    help: 'Resident memory of the process and all that belongs to it; what several share counts for each.',
    labels: PROCESS,
    samples: (look) => ofProcesses(look, (process) => look.usageOf(process)?.memoryBytes),
  },
  {
    name: 'tsvisor_process_tree_size',
    type: 'gauge',
    help: 'How many operating system processes belong to the process, itself included.',
    labels: PROCESS,
    samples: (look) => ofProcesses(look, (process) => look.usageOf(process)?.count),
  },
  {
    name: 'tsvisor_listener_state',
    type: 'gauge',
    help: 'How the event listener stands to the protocol: 1 for the state that it is in.',
    labels: [...PROCESS, 'state'],
    *samples({ pools }) {
      for (const { name: group, listeners } of pools) {
        for (const { name, state } of listeners) {
          for (const one of listenerStates) yield [[name, group, one], Number(one === state)];
        }
      }
    },
  },
  {
    name: 'tsvisor_events_buffered',
    type: 'gauge',
    help: 'Events that wait for a listener of the pool.',
    labels: ['group'],
    samples: ({ pools }) => pools.map(({ name, pool }): Sample => [[name], pool.buffered]),
  },
  {
    name: 'tsvisor_events_buffer_size',
    type: 'gauge',
    help: 'How many events the pool keeps at most.',
    labels: ['group'],
    samples: ({ pools }) => pools.map(({ name, pool }): Sample => [[name], pool.bufferSize]),
  },
  {
    name: 'tsvisor_events_discarded_total',
    type: 'counter',
    help: 'Events that were dropped because the buffer of the pool was full.',
    labels: ['group'],
    samples: ({ discarded }) => discarded.map(([name, count]): Sample => [[name], count]),
  },
  {
    name: 'tsvisor_ready',
    type: 'gauge',
    help: 'Whether /readyz answers 200: all that is due to run does so.',
    labels: [],
    samples: ({ isReady }) => one(Number(isReady)),
  },
  {
    name: 'tsvisor_supervisor_state',
    type: 'gauge',
    help: 'What the daemon does: 1 running, 0 restarting, -1 shutting down.',
    labels: [],
    samples: ({ state }) => one(supervisorStates[state]),
  },
  {
    name: 'tsvisor_spawns_total',
    type: 'counter',
    help: 'Programs that were spawned, over all groups.',
    labels: [],
    samples: ({ totals }) => one(totals.spawns),
  },
  {
    name: 'tsvisor_reaped_total',
    type: 'counter',
    help: 'Dead children that were collected.',
    labels: [],
    samples: ({ totals }) => one(totals.reaped),
  },
  {
    name: 'tsvisor_reaped_strangers_total',
    type: 'counter',
    help: 'Those of them that no program had started: orphans that came to pid 1.',
    labels: [],
    samples: ({ totals }) => one(totals.reapedStrangers),
  },
  {
    name: 'tsvisor_info',
    type: 'gauge',
    help: 'Always 1; the labels tell what runs.',
    labels: ['api_version', 'identifier', 'node_version'],
    samples: ({ version, identifier }) => [[[version, identifier, process.version], 1]],
  },
  // Of the daemon itself, by the names that all exporters have for them.
  {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time of the daemon itself.',
    labels: [],
    samples: () => one(ownProcess.cpuSeconds()),
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Resident memory of the daemon itself.',
    labels: [],
    samples: () => one(ownProcess.residentBytes()),
  },
  {
    name: 'process_open_fds',
    type: 'gauge',
    help: 'File descriptors that the daemon has open.',
    labels: [],
    samples: () => one(ownProcess.openFds()),
  },
  {
    name: 'process_max_fds',
    type: 'gauge',
    help: 'How many file descriptors the daemon may have open.',
    labels: [],
    samples: () => one(ownProcess.maxFds()),
  },
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the daemon was started, in seconds since 1970.',
    labels: [],
    samples: () => one(ownProcess.startedAtSeconds()),
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    help: 'What the objects of the daemon take in its heap.',
    labels: [],
    samples: () => one(ownProcess.heap().used),
  },
  {
    name: 'nodejs_heap_size_total_bytes',
    type: 'gauge',
    help: 'The size of the heap of the daemon.',
    labels: [],
    samples: () => one(ownProcess.heap().total),
  },
];

const listenerStates = ['ACKNOWLEDGED', 'READY', 'BUSY', 'UNKNOWN'] as const;

/** What the collector calls running. */
const hasChild = ({ state }: Process): boolean =>
  state === 'STARTING' || state === 'RUNNING' || state === 'STOPPING';

const one = (value: number | undefined): Sample[] => (value === undefined ? [] : [[[], value]]);

function* ofProcesses(
  { counts }: Look,
  value: (process: Process) => number | undefined,
): Iterable<Sample> {
  for (const process of counts.keys()) {
    const known = value(process);
    if (known !== undefined) yield [[process.name, process.group], known];
  }
}

function* ofCounts({ counts }: Look, value: (counts: Counts) => number): Iterable<Sample> {
  for (const [{ name, group }, counted] of counts) yield [[name, group], value(counted)];
}
