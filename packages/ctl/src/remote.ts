/** A process as getAllProcessInfo and getProcessInfo tell it. */
export interface ProcessInfo {
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
}

/** What getAllConfigInfo tells of a program, as far as it is used here. */
export interface ConfigInfo {
  readonly name: string;
  readonly group: string;
  readonly inuse: boolean;
  readonly autostart: boolean;
  readonly group_prio: number;
  readonly process_prio: number;
}

/** What came of one process in a call for several. */
export interface ProcessResult {
  readonly name: string;
  readonly group: string;
  readonly status: number;
  readonly description: string;
}

/** The calls of the daemon that the commands make: parameters and result of each. */
export interface Calls {
  getVersion: [[], string];
  getSupervisorVersion: [[], string];
  getPID: [[], number];
  getProcessInfo: [[name: string], ProcessInfo];
  getAllProcessInfo: [[], readonly ProcessInfo[]];
  getAllConfigInfo: [[], readonly ConfigInfo[]];
  startProcess: [[name: string], unknown];
  startProcessGroup: [[name: string], readonly ProcessResult[]];
  startAllProcesses: [[], readonly ProcessResult[]];
  stopProcess: [[name: string], unknown];
  stopProcessGroup: [[name: string], readonly ProcessResult[]];
  stopAllProcesses: [[], readonly ProcessResult[]];
  signalProcess: [[name: string, signal: string], unknown];
  signalProcessGroup: [[name: string, signal: string], readonly ProcessResult[]];
  signalAllProcesses: [[signal: string], readonly ProcessResult[]];
  clearProcessLogs: [[name: string], unknown];
  clearAllProcessLogs: [[], readonly ProcessResult[]];
  readLog: [[offset: number, length: number], string];
  readProcessStdoutLog: [[name: string, offset: number, length: number], string];
  readProcessStderrLog: [[name: string, offset: number, length: number], string];
  sendProcessStdin: [[name: string, text: string], unknown];
  addProcessGroup: [[name: string], unknown];
  removeProcessGroup: [[name: string], unknown];
  reloadConfig: [[], readonly [readonly [added: string[], changed: string[], removed: string[]]]];
  shutdown: [[], unknown];
  restart: [[], unknown];
}

/** Where the daemon is and who asks. */
export interface Server {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

/** How the following of a log ended. */
export type StreamEnd =
  | { readonly type: 'ended' }
  | { readonly type: 'refused'; readonly status: number }
  | { readonly type: 'unreachable'; readonly error: unknown };

/** The daemon at the other end. */
export interface Remote {
  /** Calls `supervisor.METHOD`. Rejects with a fault, an HTTP status or an error of the socket. */
  call<M extends keyof Calls>(method: M, ...params: Calls[M][0]): Promise<Calls[M][1]>;
  /** Follows a log until the daemon or `signal` ends it. Never rejects. */
  follow(
    path: string,
    receive: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<StreamEnd>;
}

/** Reaches a daemon. Nothing is sent before the first call. */
export type Connect = (server: Server) => Remote;
