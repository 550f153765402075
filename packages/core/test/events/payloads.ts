import type { SupervisorEvent } from '../../src/events/types.ts';

const process = { name: 'web', group: 'site' };
const state = { process, from: 'STARTING' } as const;
export const output = { process, pid: 42, channel: 'stdout', data: Buffer.from('a\nb') } as const;

/** Every event, and its payload as supervisord words it. */
export const payloads: readonly (readonly [SupervisorEvent, string])[] = [
  [
    { type: 'PROCESS_STATE_STARTING', process, from: 'STOPPED', tries: 0 },
    'processname:web groupname:site from_state:STOPPED tries:0',
  ],
  [
    { type: 'PROCESS_STATE_BACKOFF', ...state, tries: 1 },
    'processname:web groupname:site from_state:STARTING tries:1',
  ],
  [
    { type: 'PROCESS_STATE_RUNNING', ...state, pid: 42 },
    'processname:web groupname:site from_state:STARTING pid:42',
  ],
  [
    { type: 'PROCESS_STATE_STOPPING', process, from: 'RUNNING', pid: 42 },
    'processname:web groupname:site from_state:RUNNING pid:42',
  ],
  [
    { type: 'PROCESS_STATE_STOPPED', process, from: 'BACKOFF', pid: 0 },
    'processname:web groupname:site from_state:BACKOFF pid:0',
  ],
  [
    { type: 'PROCESS_STATE_EXITED', process, from: 'RUNNING', pid: 42, expected: true },
    'processname:web groupname:site from_state:RUNNING expected:1 pid:42',
  ],
  [
    { type: 'PROCESS_STATE_EXITED', process, from: 'RUNNING', pid: 42, expected: false },
    'processname:web groupname:site from_state:RUNNING expected:0 pid:42',
  ],
  [
    { type: 'PROCESS_STATE_FATAL', process, from: 'BACKOFF' },
    'processname:web groupname:site from_state:BACKOFF',
  ],
  [
    { type: 'PROCESS_STATE_UNKNOWN', process, from: 'STOPPING' },
    'processname:web groupname:site from_state:STOPPING',
  ],
  [
    { type: 'PROCESS_LOG_STDOUT', ...output },
    'processname:web groupname:site pid:42 channel:stdout\na\nb',
  ],
  [
    { type: 'PROCESS_LOG_STDERR', ...output, channel: 'stderr' },
    'processname:web groupname:site pid:42 channel:stderr\na\nb',
  ],
  [
    { type: 'PROCESS_COMMUNICATION_STDOUT', ...output },
    'processname:web groupname:site pid:42\na\nb',
  ],
  [
    { type: 'PROCESS_COMMUNICATION_STDERR', ...output, channel: 'stderr' },
    'processname:web groupname:site pid:42\na\nb',
  ],
  [{ type: 'REMOTE_COMMUNICATION', kind: 'ty pe\nda', data: 'ta é' }, 'type:ty pe\nda\nta é'],
  [{ type: 'REMOTE_COMMUNICATION', kind: '', data: '' }, 'type:\n'],
  [{ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' }, ''],
  [{ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' }, ''],
  [{ type: 'TICK_5', when: 1_600_000_005 }, 'when:1600000005'],
  [{ type: 'TICK_60', when: 1_600_000_020 }, 'when:1600000020'],
  [{ type: 'TICK_3600', when: 1_599_998_400 }, 'when:1599998400'],
  [{ type: 'PROCESS_GROUP_ADDED', group: 'site' }, 'groupname:site\n'],
  [{ type: 'PROCESS_GROUP_REMOVED', group: 'site' }, 'groupname:site\n'],
];
