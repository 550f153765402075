import type { GroupConfig, ProcessConfig, SupervisordConfig } from '@tsvisor/config';

import type { Clock } from '../clock.ts';
import { SupervisorError } from '../errors.ts';
import type { EventBus } from '../events/bus.ts';
import type { EventName } from '../events/hierarchy.ts';
import type { ListenerState } from '../events/listener.ts';
import { EventPool } from '../events/pool.ts';
import type { PoolMember } from '../events/pool.ts';
import type { ResultHandler, ResultHandlers } from '../events/result-handlers.ts';
import type { Serials } from '../events/serials.ts';
import type { Channel } from '../events/types.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import { ChildLog } from '../logs/child-log.ts';
import type { OwnPrograms } from '../process/command.ts';
import type { ProcessContext } from '../process/context.ts';
import { OutputReaders } from '../process/output-readers.ts';
import { Process } from '../process/process.ts';
import type { StartPace } from '../process/start-pace.ts';
import { FcgiSocket } from './fcgi-socket.ts';
import { ListenerRecovery } from './listener-recovery.ts';
import { byPriority } from './sequence.ts';

/** What a group needs of its supervisor. */
export interface GroupContext {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly events: EventBus;
  readonly serials: Serials;
  readonly supervisord: SupervisordConfig;
  /** By the names that `result_handler` has; one that is missing is the default. */
  readonly resultHandlers: ResultHandlers;
  /** What serves as an event listener whose command is not there. */
  readonly ownListeners: OwnPrograms;
  /** The AUTO logs of each process of the configuration: a group that is added again goes on with them. */
  readonly autoLogs: AutoLogs;
  readonly startPace: StartPace;
  /** False from the moment the supervisor goes down or restarts. */
  isSupervising(): boolean;
  /** A child has come to be, and is to be waited for. */
  spawned(process: Process, pid: number): void;
  /** Collects that child, if it is dead by now. */
  collect(pid: number): void;
}

export type AutoLogs = WeakMap<ProcessConfig, Partial<Record<Channel, string>>>;

/** Processes that were configured together: a program's, a group's, a pool of event listeners. */
export class Group {
  readonly #context: GroupContext;
  readonly #socket: FcgiSocket | undefined;
  readonly #pool: EventPool<Listener> | undefined;
  readonly #listeners: ReadonlyMap<Process, Listener> | undefined;
  readonly #recovery: ListenerRecovery | undefined;
  #config: GroupConfig;
  #processes: readonly Process[];

  /**
   * Creates the AUTO logs, and tries the FastCGI socket; starts nothing.
   *
   * @throws {SpawnError} if the socket cannot be made
   */
  constructor(config: GroupConfig, context: GroupContext) {
    this.#config = config;
    this.#context = context;
    if (config.type === 'fcgi-program') {
      this.#socket = new FcgiSocket(config.socket, context.kernel, context.logger);
      this.#socket.check();
    }
    this.#processes = config.processes.map((process) => this.#process(process));
    if (config.type !== 'eventlistener') return;
    const listeners = this.processes.map((process) => [process, new Listener(process)] as const);
    this.#listeners = new Map(listeners);
    const recovery = config.recoversListeners ? new ListenerRecovery(context) : undefined;
    this.#recovery = recovery;
    this.#pool = new EventPool({
      name: config.name,
      events: config.events as readonly EventName[],
      bufferSize: config.bufferSize,
      resultHandler: handlerOf(context.resultHandlers, config.resultHandler),
      members: listeners.map(([, listener]) => listener),
      server: context.supervisord.identifier,
      bus: context.events,
      serials: context.serials,
      logger: context.logger,
      hurry: () => context.kernel.stayAwake(),
      enteredUnknown: ({ process }) => recovery?.recover(process),
    });
  }

  /** What it was made of, and what has been added and removed since. */
  get config(): GroupConfig {
    return this.#config;
  }

  /** In the order of the configuration, in which they start. */
  get processes(): readonly Process[] {
    return this.#processes;
  }

  get name(): string {
    return this.config.name;
  }

  get priority(): number {
    return this.config.priority;
  }

  /** The events of an event listener pool. */
  get pool():
    | Pick<EventPool, 'buffered' | 'discarded' | 'bufferSize' | 'isAtWork' | 'whenSettled'>
    | undefined {
    return this.#pool;
  }

  /** How an event listener stands to the protocol; undefined for any other process. */
  listenerState(process: Process): ListenerState | undefined {
    const listener = this.#listeners?.get(process);
    return listener === undefined ? undefined : this.#pool?.listenerState(listener);
  }

  get isStopped(): boolean {
    return this.processes.every((process) => process.isStopped);
  }

  process(name: string): Process | undefined {
    return this.processes.find((process) => process.name === name);
  }

  /**
   * Takes more processes, of names that it does not have; starts nothing.
   *
   * @throws {SupervisorError} BAD_ARGUMENTS if it is not a group of programs
   */
  add(configs: readonly ProcessConfig[]): readonly Process[] {
    if (this.config.type !== 'program') {
      throw new SupervisorError('BAD_ARGUMENTS', `${this.name} is no group of programs`);
    }
    const added = configs.map((process) => this.#process(process));
    this.#become(byPriority([...this.processes, ...added]));
    return added;
  }

  /** Lets go of a process, which has stopped. */
  remove(process: Process): void {
    this.#become(this.processes.filter((other) => other !== process));
    process.close();
  }

  #become(processes: readonly Process[]): void {
    this.#processes = processes;
    this.#config = { ...this.config, processes: processes.map(({ config }) => config) };
  }

  /** Releases what it holds; its processes have stopped. */
  close(): void {
    this.#recovery?.close();
    this.#pool?.close();
    for (const process of this.processes) process.close();
  }

  #process(config: ProcessConfig): Process {
    const { clock, kernel, logger, events, supervisord } = this.#context;
    const logs = { stdout: this.#log(config, 'stdout'), stderr: this.#log(config, 'stderr') };
    const context: ProcessContext = {
      group: this.name,
      clock,
      kernel,
      logger,
      events,
      logs,
      readers: new OutputReaders(),
      stripAnsi: supervisord.stripAnsi,
      serverUrl: supervisord.serverUrl,
      stdinSocket: this.#socket,
      protocol:
        this.config.type === 'eventlistener' ? (chunk) => this.#heard(process, chunk) : undefined,
      ownPrograms: this.config.type === 'eventlistener' ? this.#context.ownListeners : undefined,
      startPace: this.#context.startPace,
      isSupervising: () => this.#context.isSupervising(),
      spawned: (pid) => this.#context.spawned(process, pid),
      collect: (pid) => this.#context.collect(pid),
      stdinDrained: () => this.#pool?.mayTakeEvents(),
      changed: () => this.#changed(process),
    };
    const process = new Process(config, context);
    return process;
  }

  #log(config: ProcessConfig, channel: Channel): ChildLog {
    const { clock, kernel, logger, supervisord, autoLogs } = this.#context;
    const known = autoLogs.get(config) ?? {};
    autoLogs.set(config, known);
    const log = new ChildLog({
      process: config.name,
      channel,
      config: config[channel],
      childLogDir: supervisord.childLogDir,
      identifier: supervisord.identifier,
      autoPath: known[channel],
      clock,
      report: (problem) => logger.log('warn', problem),
      syslog: (text) => kernel.syslog(text),
      sendNow: (fd, data) => kernel.sendNow(fd, data),
    });
    log.prepare();
    if (config[channel].logfile.to === 'auto' && log.path !== null) known[channel] = log.path;
    return log;
  }

  #heard(process: Process, chunk: Buffer): void {
    const listener = this.#listeners?.get(process);
    if (listener !== undefined) this.#pool?.received(listener, chunk);
  }

  /** The pool gives events to listeners that are RUNNING, and takes back those of the dead. */
  #changed(process: Process): void {
    const listener = this.#listeners?.get(process);
    if (listener === undefined) return;
    this.#recovery?.changed(process);
    if (process.state === 'STARTING') this.#pool?.spawned(listener);
    else if (process.state === 'RUNNING') this.#pool?.mayTakeEvents();
    // Once the log has said how it ended.
    else if (process.pid === 0) queueMicrotask(() => this.#pool?.exited(listener));
  }
}

const handlerOf = (handlers: ResultHandlers, name: string): ResultHandler | undefined =>
  Object.hasOwn(handlers, name) ? handlers[name] : undefined;

/** A process as its pool sees it. */
class Listener implements PoolMember {
  readonly process: Process;

  constructor(process: Process) {
    this.process = process;
  }

  get name(): string {
    return this.process.name;
  }

  isRunning(): boolean {
    return this.process.state === 'RUNNING';
  }

  isClogged(): boolean {
    return this.process.isStdinClogged;
  }

  write(data: Buffer): 'written' | 'broken' {
    return this.process.writeStdin(data) ? 'written' : 'broken';
  }
}
