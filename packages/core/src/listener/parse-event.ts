import type {
  EventType,
  OutputEvent,
  ProcessStateEvent,
  SupervisorEvent,
} from '../events/types.ts';
import { processStates } from '../process/states.ts';
import type { ProcessState } from '../process/states.ts';
import type { Delivery } from './event-reader.ts';

/** An event of a kind that is not known here, such as a plug-in's: look at its payload. */
export interface OtherEvent {
  readonly type: 'OTHER';
  readonly name: string;
}

/** What a handler is given, by its `type`. */
export type ReceivedEvent = SupervisorEvent | OtherEvent;

/** The event as a typed value. */
export function parseEvent({ header: { eventName: name }, payload }: Delivery): ReceivedEvent {
  return parse(name as EventType, payload) ?? { type: 'OTHER', name };
}

/** What payload.ts words, read back; undefined if the type is another or it is worded otherwise. */
function parse(type: EventType, payload: Buffer): SupervisorEvent | undefined {
  switch (type) {
    case 'PROCESS_STATE_STARTING':
    case 'PROCESS_STATE_BACKOFF':
    case 'PROCESS_STATE_RUNNING':
    case 'PROCESS_STATE_STOPPING':
    case 'PROCESS_STATE_STOPPED':
    case 'PROCESS_STATE_EXITED':
    case 'PROCESS_STATE_FATAL':
    case 'PROCESS_STATE_UNKNOWN':
      return stateChange(type, payload.toString());
    case 'PROCESS_LOG_STDOUT':
    case 'PROCESS_LOG_STDERR':
    case 'PROCESS_COMMUNICATION_STDOUT':
    case 'PROCESS_COMMUNICATION_STDERR':
      return output(type, payload);
    case 'REMOTE_COMMUNICATION': {
      const [head, data] = cutAtFirstLine(payload);
      const kind = /^type:(.*)$/.exec(head)?.[1];
      return kind === undefined ? undefined : { type, kind, data: data.toString() };
    }
    case 'SUPERVISOR_STATE_CHANGE_RUNNING':
    case 'SUPERVISOR_STATE_CHANGE_STOPPING':
      return { type };
    case 'TICK_5':
    case 'TICK_60':
    case 'TICK_3600': {
      const when = /^when:(\d+)$/.exec(payload.toString())?.[1];
      return when === undefined ? undefined : { type, when: Number(when) };
    }
    case 'PROCESS_GROUP_ADDED':
    case 'PROCESS_GROUP_REMOVED': {
      const group = /^groupname:(.*)\n$/s.exec(payload.toString())?.[1];
      return group === undefined ? undefined : { type, group };
    }
  }
}

const stateText =
  /^processname:(.*) groupname:(.*) from_state:(\w+)(?: expected:([01]))?(?: tries:(\d+)| pid:(\d+))?$/;

function stateChange(
  type: ProcessStateEvent['type'],
  payload: string,
): ProcessStateEvent | undefined {
  const [, name, group, from, expected, tries, pid] = stateText.exec(payload) ?? [];
  if (name === undefined || group === undefined || !isProcessState(from)) return undefined;
  const common = { process: { name, group }, from };
  switch (type) {
    case 'PROCESS_STATE_STARTING':
    case 'PROCESS_STATE_BACKOFF':
      return tries === undefined ? undefined : { type, ...common, tries: Number(tries) };
    case 'PROCESS_STATE_RUNNING':
    case 'PROCESS_STATE_STOPPING':
    case 'PROCESS_STATE_STOPPED':
      return pid === undefined ? undefined : { type, ...common, pid: Number(pid) };
    case 'PROCESS_STATE_EXITED':
      if (pid === undefined || expected === undefined) return undefined;
      return { type, ...common, expected: expected === '1', pid: Number(pid) };
    case 'PROCESS_STATE_FATAL':
    case 'PROCESS_STATE_UNKNOWN':
      return { type, ...common };
  }
}

const isProcessState = (text: string | undefined): text is ProcessState =>
  text !== undefined && Object.hasOwn(processStates, text);

const outputText = /^processname:(.*) groupname:(.*) pid:(\d+)(?: channel:(?:stdout|stderr))?$/;

function output(type: OutputEvent['type'], payload: Buffer): OutputEvent | undefined {
  const [head, data] = cutAtFirstLine(payload);
  const [, name, group, pid] = outputText.exec(head) ?? [];
  if (name === undefined || group === undefined) return undefined;
  const channel = type.endsWith('STDERR') ? 'stderr' : 'stdout';
  return { type, process: { name, group }, pid: Number(pid), channel, data };
}

function cutAtFirstLine(payload: Buffer): [head: string, rest: Buffer] {
  const end = payload.indexOf('\n');
  if (end === -1) return [payload.toString(), Buffer.alloc(0)];
  return [payload.toString('utf8', 0, end), payload.subarray(end + 1)];
}
