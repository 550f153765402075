import type { Config, Logger, ProcessConfig, ProgramSection, Supervisor } from '@tsvisor/core';
import type { RpcValue } from '@tsvisor/rpc';

import type { MainLog, MainLogSource } from './main-log.ts';

/** What clients can ask of the program around the supervisor. */
export interface DaemonControl {
  /** Of supervisord, whose place it takes: `4.4.0.dev0`. */
  readonly version: string;
  readonly pid: number;
  readonly identifier: string;
  readonly mainLog: MainLogSource;
  /** Reads the configuration file again. @throws {ConfigError} */
  readonly loadConfig: () => Config;
  /** What a program that stands in no file would make. @throws {ConfigError} */
  readonly readProgram: (section: ProgramSection) => readonly ProcessConfig[];
  /** Begins to stop everything; the supervisor's state has changed when it returns. */
  stop(mood: 'SHUTDOWN' | 'RESTARTING'): void;
}

export interface MethodContext {
  readonly supervisor: Supervisor;
  readonly daemon: DaemonControl;
  readonly mainLog: MainLog;
  readonly logger: Logger;
}

/**
 * What answers a method; its parameters are as many as the table of methods allows, defaults
 * filled in. A promise is for what takes time: faults that are known at once are thrown.
 */
export type MethodHandler = (
  context: MethodContext,
  ...parameters: readonly RpcValue[]
) => RpcValue | Promise<RpcValue>;

export type MethodHandlers<Name extends string> = Readonly<Record<Name, MethodHandler>>;
