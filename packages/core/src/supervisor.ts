import type {
  Config,
  GroupChanges,
  GroupConfig,
  ProcessConfig,
  ProgramOptions,
} from '@tsvisor/config';

import type { Cancel } from './clock.ts';
import { configFrom, configFromFile, configFromText, groupOf } from './embed/config.ts';
import { beginAsGuest, guestOptions } from './embed/guest.ts';
import type {
  CreateOptions,
  HostOptions,
  ListenOptions,
  ShutdownOptions,
  StreamOptions,
} from './embed/options.ts';
import type { Mood } from './ending/life.ts';
import { stopPlan } from './ending/stop-plan.ts';
import type { StopPlan } from './ending/stop-plan.ts';
import { SupervisorError } from './errors.ts';
import type { EventBus, EventListener } from './events/bus.ts';
import type { EventName, EventOf } from './events/hierarchy.ts';
import type { Reading } from './feed.ts';
import { theOneOf } from './group/active-groups.ts';
import type { ActiveGroups } from './group/active-groups.ts';
import type { Group } from './group/group.ts';
import { usageByName } from './group/usage.ts';
import type { Kernel } from './kernel.ts';
import { makeParts } from './parts.ts';
import type { Parts } from './parts.ts';
import type { ExitStatus } from './process/exit-status.ts';
import type { Process } from './process/process.ts';
import type { SupervisorState } from './process/states.ts';
import type { WaitOptions } from './process/steering.ts';
import type { Usage } from './process/usage.ts';
import { withDefaults } from './supervisor-options.ts';
import type { SupervisorOptions } from './supervisor-options.ts';
import type { UpdateResult } from './update/perform.ts';
import { updatePlan } from './update/plan.ts';
import { Updates } from './update/updates.ts';

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
  readonly #parts: Parts;
  readonly #active: ActiveGroups;
  readonly #kernel: Kernel;
  readonly #updates = new Updates(this);

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
    const complete = withDefaults(options);
    this.#parts = makeParts(complete);
    this.#active = this.#parts.groups.active;
    this.#kernel = complete.kernel;
    this.events = this.#parts.events;
  }

  get state(): SupervisorState {
    return this.#parts.life.state;
  }

  /** What was read last; its groups are those that can be added. */
  get config(): Config {
    return this.#parts.groups.config;
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
   * @throws {SupervisorError} BAD_ARGUMENTS if there is no event of a name; so do `once` and `stream`
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
    return usageByName(this.processes, this.#kernel);
  }

  get totals(): Totals {
    return {
      spawns: this.#active.spawns,
      reaped: this.#parts.children.reaped,
      reapedStrangers: this.#parts.children.strangers,
      eventsDiscarded: this.#active.eventsDiscarded,
    };
  }

  /**
   * Activates all groups of the configuration, without starting anything.
   *
   * @throws {SpawnError} if the socket of a FastCGI program cannot be made
   */
  addGroups(): void {
    this.#parts.groups.activateAll();
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
    return this.#parts.groups.add(name);
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
    return this.#parts.groups.create(config);
  }

  /**
   * Adds a program, in a group of its own name; it starts by itself unless `autostart` is false.
   *
   * @returns its process; the first where `numprocs` asks for several: `group(name)` has them all
   * @throws {ConfigError} @throws {SupervisorError} ALREADY_ADDED, SHUTDOWN_STATE
   */
  addProgram(name: string, options: ProgramOptions): Process {
    if (this.state !== 'RUNNING') throw new SupervisorError('SHUTDOWN_STATE', name);
    return this.createGroup(groupOf(name, options, this.config)).processes[0]!;
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
    return this.#parts.groups.reread(config);
  }

  /** What an update to this configuration would do, as things are. */
  updatePlan(config: Config): GroupChanges {
    return updatePlan(this.#parts.groups.activeConfigs, config.groups);
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
    return this.#updates.perform(config, only);
  }

  /** Collects the children that have died; to be called when one may have (SIGCHLD). */
  reap(): void {
    this.#parts.children.reap();
  }

  /** The end of a child that somebody has started beside the programs. */
  whenDead(pid: number): Promise<ExitStatus> {
    return this.#parts.children.whenDead(pid);
  }

  /**
   * Stops everything, groups of high priority numbers first, and resolves when all has been
   * reaped. A second call joins the first; SHUTDOWN overrides RESTARTING. One that was made by
   * `create` and the like is closed then, and holds nothing any more.
   */
  shutdown(how: Mood | ShutdownOptions = 'SHUTDOWN'): Promise<void> {
    return this.#parts.life.shutdown(how);
  }

  /** `await using`: shuts it down, and closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
    this.close();
  }

  /** Asked to stop once more: what has been asked is killed, and everything else is asked now. */
  hurry(): void {
    this.#parts.ending.hurry();
  }

  /** How long a shutdown takes at worst, as things are. */
  stopPlan(): StopPlan {
    return stopPlan(this.#parts.groups.activeConfigs, this.config.supervisord);
  }

  /** What the program that this supervises for should exit with, after `shutdown`: 0 unless configured. */
  get exitStatus(): number {
    return this.#parts.ending.exitStatus;
  }

  /** Releases what it holds, after `shutdown`: log files, timers. */
  close(): void {
    this.#parts.life.close();
  }

  /** Opens the logs of all running processes anew, after a rotation from outside. */
  reopenLogs(): void {
    for (const process of this.processes) process.reopenLogs();
  }
}
