import { compareGroups } from '@tsvisor/config';
import type {
  Config,
  GroupChanges,
  GroupConfig,
  ProcessConfig,
  ProgramOptions,
} from '@tsvisor/config';

import { systemClock } from './clock.ts';
import type { Cancel, Clock } from './clock.ts';
import { configFrom, configFromFile, configFromText, groupOf } from './embed/config.ts';
import { beginAsGuest, guestOptions } from './embed/guest.ts';
import type {
  CreateOptions,
  HostOptions,
  ListenOptions,
  ShutdownOptions,
  StreamOptions,
} from './embed/options.ts';
import { withPatience } from './embed/patience.ts';
import { Ending } from './ending/ending.ts';
import { stopPlan } from './ending/stop-plan.ts';
import type { StopPlan } from './ending/stop-plan.ts';
import { SupervisorError, errorText } from './errors.ts';
import { EventBus } from './events/bus.ts';
import type { EventListener } from './events/bus.ts';
import type { EventName, EventOf } from './events/hierarchy.ts';
import type { ResultHandlers } from './events/result-handlers.ts';
import { Serials } from './events/serials.ts';
import { Ticks } from './events/ticks.ts';
import type { Reading } from './feed.ts';
import { ActiveGroups, theOneOf } from './group/active-groups.ts';
import { Group } from './group/group.ts';
import type { AutoLogs } from './group/group.ts';
import { namespecText } from './group/namespec.ts';
import { StartQueue } from './group/start-queue.ts';
import type { Attendance, Kernel } from './kernel.ts';
import { posixKernel } from './kernel/posix-kernel.ts';
import type { Logger } from './logger.ts';
import type { OwnPrograms } from './process/command.ts';
import { exitStatus } from './process/exit-status.ts';
import type { ExitStatus } from './process/exit-status.ts';
import type { Process } from './process/process.ts';
import { Reaper } from './process/reaper.ts';
import type { ReapPolicy } from './process/reaper.ts';
import { StartPace } from './process/start-pace.ts';
import type { SupervisorState } from './process/states.ts';
import type { WaitOptions } from './process/steering.ts';
import { usageOf } from './process/usage.ts';
import type { Usage } from './process/usage.ts';
import { performUpdate, updatePlan } from './update.ts';
import type { UpdateResult } from './update.ts';

/** What a supervisor is made of by its constructor. */
export interface SupervisorOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly kernel?: Kernel;
  /** Which dead children are collected; `own` if left out. */
  readonly reap?: ReapPolicy;
  /** What judges the results of event listeners, by the names that `result_handler` has. */
  readonly resultHandlers?: ResultHandlers;
  /** What serves as an event listener whose command is not there, by the name of its file. */
  readonly ownListeners?: OwnPrograms;
  /** The numbers of events; they go on over a restart in the same operating system process. */
  readonly serials?: Serials;
  /**
   * It is a guest in some program: it notices by itself when a child dies, keeps the program alive
   * while it has children, and is closed by its shutdown. Left out: whoever has made it sees to that.
   */
  readonly guest?: { readonly stopOnExit: boolean } | undefined;
}

/** How a supervisor goes down: for good, or to begin anew. */
export type Mood = 'SHUTDOWN' | 'RESTARTING';

/** How often things have happened since the supervisor was made, in groups that are gone too. */
export interface Totals {
  /** Children that came to be, if only to fail at their command. */
  readonly spawns: number;
  /** Dead children that were collected. */
  readonly reaped: number;
  /** Of those, such as somebody else had started: orphans that became ours. */
  readonly reapedStrangers: number;
  /** Events that pools of event listeners have dropped because their buffers were full. */
  readonly eventsDiscarded: number;
}

/**
 * Supervises programs. In a program of your own, `create`, `fromFile` and `fromText` make one that
 * looks after itself and leaves everything else in the program alone. Made by its constructor, it
 * does nothing unasked: whoever owns the process activates groups, runs it, and calls `reap` when a
 * child has died.
 */
export class Supervisor {
  readonly events: EventBus;
  readonly #options: Required<SupervisorOptions>;
  readonly #active: ActiveGroups;
  readonly #autoLogs: AutoLogs = new WeakMap();
  readonly #startPace: StartPace;
  readonly #reaper: Reaper;
  readonly #startQueue: StartQueue;
  readonly #ticks: Ticks;
  #config: Config;
  #state: SupervisorState = 'RUNNING';
  #isClosed = false;
  readonly #ending: Ending;
  #ended: Promise<void> | undefined;
  /** Updates that are under way or wait for their turn. */
  #updates: Promise<unknown> = Promise.resolve();
  readonly #attendance: Attendance | undefined;

  /**
   * Supervises programs that typed options describe: what is to autostart is being started when it
   * resolves.
   *
   * @throws {ConfigError} whose `option` is a path: `programs.web.stopSignal`
   * @throws {SpawnError} if the socket of a FastCGI program cannot be made
   * @throws {SupervisorError} FAILED in a worker thread
   */
  static async create(options: CreateOptions = {}): Promise<Supervisor> {
    const { logger, signal, stopOnExit, resultHandlers, clock, kernel, ...config } = options;
    const host = { logger, signal, stopOnExit, resultHandlers, clock, kernel };
    return Supervisor.#asGuest(configFrom(config, host), host);
  }

  /**
   * Supervises the programs of a supervisord.conf. What it says of the daemon itself (servers, pidfile,
   * main log, user, limits) is passed over; AUTO logs are kept in memory.
   *
   * @throws {ConfigError} with `file`, `line`, `section`, `option`; else as `create`
   */
  static async fromFile(path: string, host: HostOptions = {}): Promise<Supervisor> {
    return Supervisor.#asGuest(configFromFile(path, host), host);
  }

  /**
   * As `fromFile`, of a text.
   *
   * @throws {ConfigError} with `file` (`path`, or `supervisord.conf`), `line`, `section`, `option`
   */
  static async fromText(
    text: string,
    { path, ...host }: HostOptions & { readonly path?: string } = {},
  ): Promise<Supervisor> {
    return Supervisor.#asGuest(configFromText(text, path, host), host);
  }

  static #asGuest(config: Config, host: HostOptions): Supervisor {
    host.signal?.throwIfAborted();
    const supervisor = new Supervisor(guestOptions(config, host));
    beginAsGuest(supervisor, host);
    return supervisor;
  }

  constructor(options: SupervisorOptions) {
    this.#options = {
      clock: systemClock,
      kernel: posixKernel,
      reap: 'own',
      serials: new Serials(),
      resultHandlers: {},
      ownListeners: {},
      guest: undefined,
      ...options,
    };
    this.#config = options.config;
    this.events = new EventBus((error, event) =>
      this.#logger.log('error', `a listener to ${event.type} failed: ${errorText(error)}`),
    );
    const { clock, kernel, logger, reap } = this.#options;
    this.#ticks = new Ticks(this.events, clock);
    this.#reaper = new Reaper(kernel, logger, reap);
    this.#startPace = new StartPace(clock);
    this.#startQueue = new StartQueue(clock);
    this.#active = new ActiveGroups({
      events: this.events,
      startQueue: this.#startQueue,
      make: (group) => this.#group(group),
      changed: (before, after) => this.#replace(before, after),
    });
    this.#ending = new Ending({
      groups: this.groups,
      supervisord: () => this.#config.supervisord,
      clock,
      kernel,
      logger,
      events: this.events,
      ownsAll: reap === 'any',
      reap: () => this.reap(),
      end: () => void this.shutdown('SHUTDOWN'),
    });
    const { guest } = this.#options;
    if (guest === undefined) return;
    this.#attendance = kernel.attend({
      died: () => this.reap(),
      exiting: () => guest.stopOnExit && this.#abandon(),
    });
  }

  get #logger(): Logger {
    return this.#options.logger;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** What was read last; its groups are those that can be added. */
  get config(): Config {
    return this.#config;
  }

  /** In the order in which they were activated. */
  get groups(): readonly Group[] {
    return this.#active.all;
  }

  group(name: string): Group | undefined {
    return this.#active.get(name);
  }

  /** In the order of their groups. */
  get processes(): readonly Process[] {
    return this.#active.processes;
  }

  /**
   * The process that `x` or `group:x` names.
   *
   * @throws {SupervisorError} BAD_NAME, also if that names several
   */
  process(name: string): Process {
    return theOneOf(this.find(name), name);
  }

  /**
   * The processes that `x`, `group:x`, `group:*` name.
   *
   * @throws {SupervisorError} BAD_NAME
   */
  find(text: string): readonly Process[] {
    return this.#active.find(text);
  }

  /**
   * Tells `listener` of every event of these names, a parent standing for all below it:
   * `PROCESS_STATE`, `TICK_60`, `EVENT` for all.
   *
   * @returns what ends that, as the signal does
   */
  on<N extends EventName>(
    names: N | readonly N[],
    listener: EventListener<NoInfer<N>>,
    { signal }: ListenOptions = {},
  ): Cancel {
    return this.events.subscribe(names, listener, signal);
  }

  /**
   * The next event of these names.
   *
   * @throws the signal's reason; SupervisorError SHUTDOWN_STATE once none can come any more
   */
  once<N extends EventName>(names: N | readonly N[], options?: ListenOptions): Promise<EventOf<N>> {
    return this.events.next(names, options);
  }

  /** The events of these names from now on; ends when the supervisor is closed. */
  stream<N extends EventName>(
    names: N | readonly N[],
    options?: StreamOptions,
  ): Reading<EventOf<N>> {
    return this.events.stream(names, options);
  }

  /**
   * What the processes use that run now, by namespec: each with all that belongs to it. Looks at
   * every process of the system, which takes 6 ms where there are 1,000. Empty where the kernel
   * does not tell.
   */
  usage(): ReadonlyMap<string, Usage> {
    const running = this.processes.filter(({ pid }) => pid > 0);
    if (running.length === 0) return new Map();
    const pids = running.map(({ pid }) => pid);
    const usages = usageOf(pids, this.#options.kernel.processes());
    return new Map(
      running.flatMap(({ group, name, pid }) => {
        const usage = usages.get(pid);
        return usage === undefined ? [] : [[namespecText(group, name), usage] as const];
      }),
    );
  }

  get totals(): Totals {
    return {
      spawns: this.#active.spawns,
      reaped: this.#reaper.reaped,
      reapedStrangers: this.#reaper.strangers,
      eventsDiscarded: this.#active.eventsDiscarded,
    };
  }

  /**
   * Activates all groups of the configuration, without starting anything.
   *
   * @throws {SpawnError} if the socket of a FastCGI program cannot be made
   */
  addGroups(): void {
    for (const config of this.#config.groups) {
      // Of groups of equal names the first in final order counts.
      if (this.group(config.name) === undefined) this.#active.activate(config);
    }
  }

  /** Begins to supervise: what is due to autostart is started, without waiting for it. */
  run(): void {
    this.events.emit({ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' });
    this.#active.startAll();
  }

  /**
   * Activates a group of the configuration read last; its programs start by themselves.
   *
   * @throws {SupervisorError} ALREADY_ADDED, BAD_NAME
   * @throws {SpawnError} if the socket of a FastCGI program cannot be made
   */
  addGroup(name: string): Group {
    if (this.group(name) !== undefined) throw new SupervisorError('ALREADY_ADDED', name);
    const config = this.#config.groups.find((one) => one.name === name);
    if (config === undefined) throw new SupervisorError('BAD_NAME', name);
    const group = this.#active.activate(config);
    this.#active.startSoon(group.processes);
    return group;
  }

  /** @throws {SupervisorError} BAD_NAME, STILL_RUNNING */
  removeGroup(name: string): void {
    this.#active.remove(name);
  }

  /**
   * Activates a group that no configuration has named; it may be empty.
   *
   * @throws {SupervisorError} ALREADY_ADDED
   * @throws {SpawnError} if the socket of a FastCGI program cannot be made
   */
  createGroup(config: GroupConfig): Group {
    if (this.group(config.name) !== undefined) {
      throw new SupervisorError('ALREADY_ADDED', config.name);
    }
    const group = this.#active.activate(config);
    this.#active.startSoon(group.processes);
    return group;
  }

  /**
   * Adds a program, in a group of its own name; it starts by itself unless `autostart` is false.
   *
   * @returns its process; the first where `numprocs` asks for several: `group(name)` has them all
   * @throws {ConfigError} @throws {SupervisorError} ALREADY_ADDED, SHUTDOWN_STATE
   */
  addProgram(name: string, options: ProgramOptions): Process {
    if (this.#state !== 'RUNNING') throw new SupervisorError('SHUTDOWN_STATE', name);
    return this.createGroup(groupOf(name, options, this.#config)).processes[0]!;
  }

  /**
   * Stops the processes of a group, such as a program makes, and removes it.
   *
   * @throws {SupervisorError} BAD_NAME, STILL_RUNNING if somebody starts them meanwhile; the signal's
   *   reason
   */
  async removeProgram(name: string, options?: WaitOptions): Promise<void> {
    const { processes } = this.#active.active(name);
    await Promise.all(processes.map((process) => process.stop(options)));
    this.removeGroup(name);
  }

  /**
   * Adds processes to an active group of programs, until the next restart; they start by
   * themselves if they are configured so. All or none are added.
   *
   * @throws {SupervisorError} BAD_NAME of the group if it is not active, or of a process if it
   *   has one of that name already; BAD_ARGUMENTS if it is not a group of programs
   */
  addProcesses(groupName: string, configs: readonly ProcessConfig[]): readonly Process[] {
    return this.#active.addTo(this.#active.active(groupName), configs);
  }

  /**
   * Removes a process, which has stopped, from an active group.
   *
   * @throws {SupervisorError} BAD_NAME of the group or the process, STILL_RUNNING
   */
  removeProcess(groupName: string, name: string): void {
    this.#active.removeFrom(this.#active.active(groupName), name);
  }

  /** Calls `changed` whenever processes have come to a group or left it, with the group's name. */
  watchProcesses(changed: (group: string) => void): Cancel {
    return this.#active.watch(changed);
  }

  /** Takes a configuration read anew; nothing starts or stops, but `addGroup` goes by it. */
  reread(config: Config): GroupChanges {
    this.#config = config;
    return compareGroups(
      this.groups.map((group) => group.config),
      config.groups,
    );
  }

  /** What an update to this configuration would do, as things are. */
  updatePlan(config: Config): GroupChanges {
    return updatePlan(
      this.groups.map((group) => group.config),
      config.groups,
    );
  }

  /**
   * Takes a configuration read anew and puts its groups in force: those that are gone or changed
   * are stopped and removed, those that are new or changed are added. Resolves when all is done;
   * one that is asked for meanwhile comes after it. The rest of the configuration needs a restart.
   *
   * @param only the groups that are meant; left out: all
   * @throws {SupervisorError} SHUTDOWN_STATE
   */
  update(config: Config, only?: readonly string[]): Promise<UpdateResult> {
    const isMeant = (group: string): boolean => only?.includes(group) ?? true;
    const updated = this.#updates.then(() => {
      if (this.#state !== 'RUNNING') throw new SupervisorError('SHUTDOWN_STATE', '');
      this.reread(config);
      const { added, changed, removed } = this.updatePlan(config);
      return performUpdate(this, {
        added: added.filter(isMeant),
        changed: changed.filter(isMeant),
        removed: removed.filter(isMeant),
      });
    });
    this.#updates = updated.catch(() => undefined);
    return updated;
  }

  /** Collects the children that have died; to be called when one may have (SIGCHLD). */
  reap(): void {
    this.#reaper.reap();
    this.#attendance?.keepAlive(this.#reaper.isWaiting);
  }

  /** The end of a child that somebody has started beside the programs. */
  whenDead(pid: number): Promise<ExitStatus> {
    return new Promise((resolve) => {
      this.#reaper.spawned({ collect: (status) => resolve(exitStatus(status)) }, pid);
    });
  }

  /**
   * Stops everything, groups of high priority numbers first, and resolves when all has been
   * reaped. A second call joins the first; SHUTDOWN overrides RESTARTING. One that was made by
   * `create` and the like is closed then, and holds nothing any more.
   */
  shutdown(how: Mood | ShutdownOptions = 'SHUTDOWN'): Promise<void> {
    const mood = typeof how === 'string' ? how : 'SHUTDOWN';
    if (this.#ended === undefined) {
      this.#state = mood;
      this.#startQueue.close();
      this.events.emit({ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' });
      this.#ended = this.#end();
    } else if (mood === 'SHUTDOWN') {
      this.#state = mood;
    }
    if (typeof how === 'string') return this.#ended;
    return withPatience(this.#ended, how, this.#options.clock, () => this.#ending.kill());
  }

  async #end(): Promise<void> {
    await this.#ending.begin(() => this.#state === 'SHUTDOWN');
    if (this.#options.guest !== undefined) this.close();
  }

  /** `await using`: shuts it down, and closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
    this.close();
  }

  /** Asked to stop once more: what has been asked is killed, and everything else is asked now. */
  hurry(): void {
    this.#ending.hurry();
  }

  /** How long a shutdown takes at worst, as things are. */
  stopPlan(): StopPlan {
    const configs = this.groups.map((group) => group.config);
    return stopPlan(configs, this.#config.supervisord);
  }

  /** What the program that this supervises for should exit with, after `shutdown`: 0 unless configured. */
  get exitStatus(): number {
    return this.#ending.exitStatus;
  }

  /** Releases what it holds, after `shutdown`: log files, timers. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#attendance?.end();
    this.#ticks.close();
    for (const group of this.groups) group.close();
    this.events.close();
  }

  /** Opens the logs of all running processes anew, after a rotation from outside. */
  reopenLogs(): void {
    for (const group of this.groups) {
      for (const process of group.processes) process.reopenLogs();
    }
  }

  /** This program exits: nobody will wait for them, but they are asked. */
  #abandon(): void {
    this.#state = 'SHUTDOWN';
    for (const process of this.processes) process.shutDown();
  }

  /** A group that is still as it was read counts, changed, as read: it can be removed and added again. */
  #replace(before: GroupConfig, after: GroupConfig): void {
    const groups = this.#config.groups.map((group) => (group === before ? after : group));
    this.#config = { ...this.#config, groups };
  }

  #group(config: GroupConfig): Group {
    const { clock, kernel, logger, serials, resultHandlers, ownListeners } = this.#options;
    return new Group(config, {
      clock,
      kernel,
      logger,
      events: this.events,
      serials,
      resultHandlers,
      ownListeners,
      supervisord: this.#config.supervisord,
      autoLogs: this.#autoLogs,
      startPace: this.#startPace,
      isSupervising: () => this.#state === 'RUNNING',
      spawned: (process, pid) => {
        this.#reaper.spawned(process, pid);
        this.#attendance?.keepAlive(true);
      },
      collect: (pid) => this.#reaper.reapOne(pid),
    });
  }
}
