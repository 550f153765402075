import { eventTypes } from '../../packages/config/src/index.ts';
import type { EventTypeName } from '../../packages/config/src/index.ts';
import { envelope } from '../../packages/core/src/events/envelope.ts';
import { payloadOf } from '../../packages/core/src/events/payload.ts';
import type { EventType, SupervisorEvent } from '../../packages/core/src/events/types.ts';
import { code, generated, page, table } from './markdown.ts';

const process = { name: 'web', group: 'web' };
const output = { process, pid: 4711, data: Buffer.from('listening on port 80\n') };
const message = { process, pid: 4711, data: Buffer.from('three jobs are done') };

interface Sent {
  /** When it is. */
  readonly when: string;
  readonly example: SupervisorEvent;
}

/** Each event that is sent itself: when, and one of them. */
export const sent: { readonly [T in EventType]: Sent } = {
  PROCESS_STATE_STOPPED: {
    when: 'It has ended after a stop was asked for. At once, with `pid:0`, if it was in BACKOFF.',
    example: { type: 'PROCESS_STATE_STOPPED', process, from: 'STOPPING', pid: 4711 },
  },
  PROCESS_STATE_EXITED: {
    when: 'It has ended by itself, after `startsecs`. `expected:1` if its status is among `exitcodes`.',
    example: {
      type: 'PROCESS_STATE_EXITED',
      process,
      from: 'RUNNING',
      expected: false,
      pid: 4711,
    },
  },
  PROCESS_STATE_STARTING: {
    when: 'It is about to be started, before its command is looked for. `tries` counts the failed starts before.',
    example: { type: 'PROCESS_STATE_STARTING', process, from: 'STOPPED', tries: 0 },
  },
  PROCESS_STATE_STOPPING: {
    when: 'It is about to be sent its stop signal. None for the SIGKILL that may follow.',
    example: { type: 'PROCESS_STATE_STOPPING', process, from: 'RUNNING', pid: 4711 },
  },
  PROCESS_STATE_BACKOFF: {
    when: 'A start has failed: no such command, or an exit before `startsecs`. It is tried again after `tries` seconds.',
    example: { type: 'PROCESS_STATE_BACKOFF', process, from: 'STARTING', tries: 1 },
  },
  PROCESS_STATE_FATAL: {
    when: 'A start has failed `startretries` + 1 times. Also of what is in BACKOFF when the daemon stops.',
    example: { type: 'PROCESS_STATE_FATAL', process, from: 'BACKOFF' },
  },
  PROCESS_STATE_RUNNING: {
    when: 'It has stayed up for `startsecs`.',
    example: { type: 'PROCESS_STATE_RUNNING', process, from: 'STARTING', pid: 4711 },
  },
  PROCESS_STATE_UNKNOWN: {
    when: 'A signal could not be sent to it, for another reason than that it had gone.',
    example: { type: 'PROCESS_STATE_UNKNOWN', process, from: 'STOPPING' },
  },
  PROCESS_COMMUNICATION_STDOUT: {
    when: 'It has printed `<!--XSUPERVISOR:END-->`. The payload is what stood between that and `<!--XSUPERVISOR:BEGIN-->`; needs `stdout_capture_maxbytes`.',
    example: { type: 'PROCESS_COMMUNICATION_STDOUT', ...message, channel: 'stdout' },
  },
  PROCESS_COMMUNICATION_STDERR: {
    when: 'The same on standard error; needs `stderr_capture_maxbytes`.',
    example: { type: 'PROCESS_COMMUNICATION_STDERR', ...message, channel: 'stderr' },
  },
  PROCESS_LOG_STDOUT: {
    when: 'It has written to standard output; needs `stdout_events_enabled`. What one read gave: not a line, and not without what stands between capture tokens.',
    example: { type: 'PROCESS_LOG_STDOUT', ...output, channel: 'stdout' },
  },
  PROCESS_LOG_STDERR: {
    when: 'The same on standard error; needs `stderr_events_enabled`.',
    example: { type: 'PROCESS_LOG_STDERR', ...output, channel: 'stderr' },
  },
  REMOTE_COMMUNICATION: {
    when: 'A client has called `supervisor.sendRemoteCommEvent`.',
    example: { type: 'REMOTE_COMMUNICATION', kind: 'deploy', data: 'version 12' },
  },
  SUPERVISOR_STATE_CHANGE_RUNNING: {
    when: 'The daemon is up, its groups are there, and nothing has been started. Again after a restart.',
    example: { type: 'SUPERVISOR_STATE_CHANGE_RUNNING' },
  },
  SUPERVISOR_STATE_CHANGE_STOPPING: {
    when: 'The daemon has been asked to end or to restart, and nothing has been stopped.',
    example: { type: 'SUPERVISOR_STATE_CHANGE_STOPPING' },
  },
  TICK_5: {
    when: 'Every 5 seconds of the wall clock. `when` is their beginning, in seconds since 1970.',
    example: { type: 'TICK_5', when: 1_795_517_885 },
  },
  TICK_60: {
    when: 'Every minute, likewise.',
    example: { type: 'TICK_60', when: 1_795_517_880 },
  },
  TICK_3600: {
    when: 'Every hour, likewise.',
    example: { type: 'TICK_3600', when: 1_795_514_400 },
  },
  PROCESS_GROUP_ADDED: {
    when: 'A group is there: at the start, by `update` or by `add`.',
    example: { type: 'PROCESS_GROUP_ADDED', group: 'web' },
  },
  PROCESS_GROUP_REMOVED: {
    when: 'A group is no more.',
    example: { type: 'PROCESS_GROUP_REMOVED', group: 'web' },
  },
};

/** What each token of the header is; those of the header that is made, in its order. */
export const tokens: Readonly<Record<string, string>> = {
  ver: 'Of the protocol; always 3.0.',
  server: 'The `identifier` of the daemon.',
  serial:
    'The number of the event, the same in all pools. Events that nobody subscribes to have none. It goes on over a reload.',
  pool: 'The NAME of `[eventlistener:NAME]`.',
  poolserial: 'Its number in this pool. An event that is sent again keeps both numbers.',
  eventname: 'The event; never a parent.',
  len: 'The length of the payload in characters of UTF-8, not in bytes.',
};

/** A header, and its payload behind it. */
export const exampleEnvelope = (): Buffer =>
  envelope(sent.PROCESS_STATE_EXITED.example, {
    server: 'supervisor',
    pool: 'crashes',
    serial: 21,
    poolSerial: 10,
  });

const dialogue = [
  ['listener', '`READY`, line feed', 'It waits for an event. Anything else here: UNKNOWN.'],
  ['tsvd', 'header, line feed, payload', 'The listener is RUNNING and READY; it is BUSY now.'],
  ['listener', '`RESULT 2`, line feed, `OK`', 'It is done; `2` is the length in bytes.'],
  [
    'listener',
    '`RESULT 4`, line feed, `FAIL`',
    'Instead: the event is rejected, and comes again at once, first of its pool. Any result but `OK` does that, unless `result_handler` says otherwise.',
  ],
] as const;

/** docs/reference/events.md: each event, and how listeners are told. */
export function eventsPage(): string {
  return page(
    '# Events',
    generated,
    'What `events=` of an `[eventlistener:NAME]`, `tsvctl events`, the [stream](stream.md) and `supervisor.on` of the [API](api.md) may name. They are supervisord’s, byte for byte. [The guide](../guide/write-a-listener.md) shows how to write a listener.',
    '## Names',
    'Who names a parent gets all below it, each event once. An event with nothing below it is sent itself.',
    ['```', ...tree(null, 0), '```'],
    '## When each is sent, and its payload',
    'Of processes, `from_state` is the state before, `groupname` the group. `↵` stands for a line feed; where there is none, none is sent.',
    table(
      ['event', 'when', 'payload'],
      Object.entries(sent).map(([name, { when, example }]) => [
        code(name),
        when,
        visible(payloadOf(example)),
      ]),
    ),
    "Output that is not UTF-8, or is cut within a character, is told as `Undecodable: ` and a literal of Python: `Undecodable: b'caf\\xe9'`.",
    '## The header',
    ['```', ...exampleEnvelope().toString().split('\n'), '```'],
    'One line, the payload behind it, and no line feed after the payload.',
    table(
      ['token', 'what it is'],
      Object.entries(tokens).map(([name, what]) => [code(name), what]),
    ),
    '## The conversation',
    'The listener’s stdin and stdout are the line; its stderr is free.',
    table(['who', 'says', 'what it means'], dialogue),
    [
      '- At its start a listener is ACKNOWLEDGED: `READY` is the first that it has to say. It may say so before it is RUNNING; events come after `startsecs`.',
      '- What is not the protocol, such as a second `READY`, a line feed after `OK`, or a length that is no number or more than 1 MiB, makes it UNKNOWN: it gets nothing until it is restarted, and the event that it had is given to the next. With `listener_recover=true` tsvd restarts it.',
      '- Each event goes to one process of the pool, the first that is RUNNING and READY. One that ends while it is BUSY has rejected its event.',
      '- Up to `buffer_size` events wait in a pool. One more, and the oldest is dropped, with an ERRO line that has its serial.',
      '- At a shutdown listeners stop last, and have up to a second for what still waits.',
    ],
  );
}

function tree(parent: EventTypeName | null, depth: number): string[] {
  return (Object.entries(eventTypes) as [EventTypeName, EventTypeName | null][])
    .filter(([, over]) => over === parent)
    .flatMap(([name]) => [`${'  '.repeat(depth)}${name}`, ...tree(name, depth + 1)]);
}

const visible = (payload: Buffer): string =>
  payload.length === 0 ? 'none' : code(payload.toString().replaceAll('\n', '↵'));
