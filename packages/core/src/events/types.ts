import type { ProcessState } from '../process/states.ts';

/** The process an event is about. */
export interface EventProcess {
  readonly name: string;
  readonly group: string;
}

/** An output of a process. */
export type Channel = 'stdout' | 'stderr';

/** Everything that happens, with its values captured when it happened (events.md §3). */
export type SupervisorEvent =
  | ProcessStateEvent
  | OutputEvent
  | { readonly type: 'REMOTE_COMMUNICATION'; readonly kind: string; readonly data: string }
  | { readonly type: 'SUPERVISOR_STATE_CHANGE_RUNNING' | 'SUPERVISOR_STATE_CHANGE_STOPPING' }
  | { readonly type: 'TICK_5' | 'TICK_60' | 'TICK_3600'; readonly when: number }
  | {
      readonly type: 'PROCESS_GROUP_ADDED' | 'PROCESS_GROUP_REMOVED';
      readonly group: string;
    };

/** Output of a process: of `stdout.eventsEnabled`, or what stood between capture tokens. */
export interface OutputEvent {
  readonly type:
    | 'PROCESS_LOG_STDOUT'
    | 'PROCESS_LOG_STDERR'
    | 'PROCESS_COMMUNICATION_STDOUT'
    | 'PROCESS_COMMUNICATION_STDERR';
  readonly process: EventProcess;
  readonly pid: number;
  readonly channel: Channel;
  /** What one read gave, or what was captured. The event's own copy: pools keep it until it is sent. */
  readonly data: Buffer;
}

/** A process is in another state than it was; `type` tells which. */
export type ProcessStateEvent = {
  readonly process: EventProcess;
  readonly from: ProcessState;
} & (
  | {
      readonly type: 'PROCESS_STATE_STARTING' | 'PROCESS_STATE_BACKOFF';
      /** Failed starts so far. */
      readonly tries: number;
    }
  | {
      readonly type: 'PROCESS_STATE_RUNNING' | 'PROCESS_STATE_STOPPING' | 'PROCESS_STATE_STOPPED';
      readonly pid: number;
    }
  | { readonly type: 'PROCESS_STATE_EXITED'; readonly pid: number; readonly expected: boolean }
  | { readonly type: 'PROCESS_STATE_FATAL' | 'PROCESS_STATE_UNKNOWN' }
);

/** The names of events that are told themselves, and stand for no others. */
export type EventType = SupervisorEvent['type'];
