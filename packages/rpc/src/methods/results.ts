/** The structs of the wire, members in the order in which they are sent. */
import type { RpcValue } from '../values.ts';

export type StateInfo = {
  /** 1; the others (2 FATAL, 0 RESTARTING, -1 SHUTDOWN) answer with a fault instead. */
  readonly statecode: number;
  readonly statename: string;
};

/** Times are Unix seconds; 0 is never (rpc.md §12). */
export type ProcessInfo = {
  readonly name: string;
  readonly group: string;
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  readonly state: number;
  readonly statename: string;
  readonly spawnerr: string;
  readonly exitstatus: number;
  readonly logfile: string;
  readonly stdout_logfile: string;
  readonly stderr_logfile: string;
  readonly pid: number;
  readonly description: string;
};

/** A process of an [eventlistener:x]; what is counted is counted for its whole pool. */
export type ListenerInfo = {
  readonly name: string;
  /** The pool. */
  readonly group: string;
  /** ACKNOWLEDGED, READY, BUSY, or UNKNOWN: it gets no events until it is restarted. */
  readonly listenerstate: string;
  /** Events that wait, and how many may. */
  readonly buffered: number;
  readonly buffer_size: number;
  /** Events that were dropped since the pool was added, because too many waited. */
  readonly discarded: number;
};

/** What stops together at shutdown, and how many seconds it may take. */
export type ShutdownBatch = {
  readonly seconds: number;
  readonly processes: readonly string[];
};

/** How many seconds a shutdown takes at worst, and in which order everything stops. */
export type ShutdownPlan = {
  readonly seconds: number;
  readonly batches: readonly ShutdownBatch[];
};

/** Of the configuration read last, active or not. `none` stands for what is not set (rpc.md §13). */
export type ConfigInfo = {
  readonly autostart: boolean;
  /** `unexpected`, or whether always. Servers before 4.4 do not send it. */
  readonly autorestart?: boolean | string;
  readonly directory: string;
  readonly uid: string | number;
  readonly command: string;
  readonly exitcodes: readonly number[];
  readonly group: string;
  readonly group_prio: number;
  readonly inuse: boolean;
  readonly killasgroup: boolean;
  readonly name: string;
  readonly process_prio: number;
  readonly redirect_stderr: boolean;
  readonly startretries: number;
  readonly startsecs: number;
  readonly stdout_capture_maxbytes: number;
  readonly stdout_events_enabled: boolean;
  readonly stdout_logfile: string;
  readonly stdout_logfile_backups: number;
  readonly stdout_logfile_maxbytes: number;
  readonly stdout_syslog: boolean;
  readonly stopsignal: number;
  readonly stopwaitsecs: number;
  readonly stderr_capture_maxbytes: number;
  readonly stderr_events_enabled: boolean;
  readonly stderr_logfile: string;
  readonly stderr_logfile_backups: number;
  readonly stderr_logfile_maxbytes: number;
  readonly stderr_syslog: boolean;
  readonly serverurl: string;
};

/** What came of one process in a call for several. */
export type ProcessStatus = {
  readonly name: string;
  readonly group: string;
  /** 80 (SUCCESS) or the code of a fault. */
  readonly status: number;
  /** `OK` or the faultString. */
  readonly description: string;
};

/** Group names; a list of one triple, not the triple itself. */
export type ReloadResult = readonly [
  readonly [added: readonly string[], changed: readonly string[], removed: readonly string[]],
];

/** `size` is that of the whole log in bytes; `overflow`: there was more than fits the length. */
export type TailResult = readonly [text: string, size: number, overflow: boolean];

export type MulticallCall = {
  readonly methodName: string;
  readonly params?: readonly RpcValue[];
};
