import { compareGroups } from '@tsvisor/config';
import type { Config, GroupConfig, GroupChanges, ProcessConfig } from '@tsvisor/config';

import { systemClock } from './clock.ts';
import type { Cancel, Clock } from './clock.ts';
import { Ending } from './ending/ending.ts';
import { stopPlan } from './ending/stop-plan.ts';
import type { StopPlan } from './ending/stop-plan.ts';
import { SupervisorError, errorText } from './errors.ts';
import { EventBus } from './events/bus.ts';
import type { ResultHandlers } from './events/result-handlers.ts';
import { Serials } from './events/serials.ts';
import { Ticks } from './events/ticks.ts';
import { Group } from './group/group.ts';
import type { AutoLogs } from './group/group.ts';
import { namespecText, parseNamespec } from './group/namespec.ts';
import { byPriority } from './group/sequence.ts';
import { StartQueue } from './group/start-queue.ts';
import type { Kernel } from './kernel.ts';
import { posixKernel } from './kernel/posix-kernel.ts';
import type { Logger } from './logger.ts';
import type { OwnPrograms } from './process/command.ts';
import { exitStatus } from './process/exit-status.ts';
import type { ExitStatus } from './process/exit-status.ts';
import type { Process } from './process/process.ts';
import { Reaper } from './process/reaper.ts';
import type { ReapPolicy } from './process/reaper.ts';
import type { SupervisorState } from './process/states.ts';
import { usageOf } from './process/usage.ts';
import type { Usage } from './process/usage.ts';
import { performUpdate, updatePlan } from './update.ts';
import type { UpdateResult } from './update.ts';

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
}

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
 * Supervises the programs of a configuration. It opens no socket, reads no command line and
 * installs no signal handler: whoever owns the process calls `reap` when a child has died.
 */
export class Supervisor {
  readonly events: EventBus;
  readonly #options: Required<SupervisorOptions>;
  /** In the order in which they were activated. */
  readonly #groups: Group[] = [];
  readonly #autoLogs: AutoLogs = new WeakMap();
  readonly #reaper: Reaper;
  readonly #startQueue: StartQueue;
  readonly #ticks: Ticks;
  #config: Config;
  #state: SupervisorState = 'RUNNING';
  readonly #ending: Ending;
  #ended: Promise<void> | undefined;
  /** Updates that are under way or wait for their turn. */
  #updates: Promise<unknown> = Promise.resolve();
  readonly #processWatchers = new Set<(group: string) => void>();
  /** Of processes and pools that have been removed. */
  #formerSpawns = 0;
  #formerDiscarded = 0;

  constructor(options: SupervisorOptions) {
    this.#options = {
      clock: systemClock,
      kernel: posixKernel,
      reap: 'own',
      serials: new Serials(),
      resultHandlers: {},
      ownListeners: {},
      ...options,
    };
    this.#config = options.config;
    this.events = new EventBus((error, event) =>
      this.#logger.log('error', `a listener to ${event.type} failed: ${errorText(error)}`),
    );
    const { clock, kernel, logger, reap } = this.#options;
    this.#ticks = new Ticks(this.events, clock);
    this.#reaper = new Reaper(kernel, logger, reap);
    this.#startQueue = new StartQueue(clock);
    this.#ending = new Ending({
      groups: this.#groups,
      supervisord: () => this.#config.supervisord,
      clock,
      kernel,
      logger,
      events: this.events,
      ownsAll: reap === 'any',
      reap: () => this.reap(),
      end: () => void this.shutdown('SHUTDOWN'),
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
    return this.#groups;
  }

  group(name: string): Group | undefined {
    return this.#groups.find((group) => group.name === name);
  }

  /**
   * The processes that `x`, `group:x`, `group:*` name.
   *
   * @throws {SupervisorError} BAD_NAME
   */
  find(text: string): readonly Process[] {
    const spec = parseNamespec(text);
    const group = this.group(spec.group);
    if (group === undefined) throw new SupervisorError('BAD_NAME', text);
    if (spec.process === null) return group.processes;
    const process = group.process(spec.process);
    if (process === undefined) throw new SupervisorError('BAD_NAME', text);
    return [process];
  }

  /**
   * What the processes use that run now, by namespec: each with all that belongs to it. Looks at
   * every process of the system, which takes 6 ms where there are 1,000. Empty where the kernel
   * does not tell.
   */
  usage(): ReadonlyMap<string, Usage> {
    const running = this.#groups.flatMap(({ processes }) => processes.filter(({ pid }) => pid > 0));
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
    const processes = this.#groups.flatMap((group) => group.processes);
    return {
      spawns: processes.reduce((sum, { facts }) => sum + facts.spawns, this.#formerSpawns),
      reaped: this.#reaper.reaped,
      reapedStrangers: this.#reaper.strangers,
      eventsDiscarded: this.#groups.reduce(
        (sum, { pool }) => sum + (pool?.discarded ?? 0),
        this.#formerDiscarded,
      ),
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
      if (this.group(config.name) === undefined) this.#activate(config);
    }
  }

  /** Begins to supervise: what is due to autostart is started, without waiting for it. */
  run(): void {
    this.events.emit({ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' });
    for (const group of byPriority(this.#groups)) this.#startQueue.add(group.processes);
    this.#startQueue.run();
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
    const group = this.#activate(config);
    this.#startSoon(group.processes);
    return group;
  }

  /** @throws {SupervisorError} BAD_NAME, STILL_RUNNING */
  removeGroup(name: string): void {
    const group = this.#active(name);
    // One that cannot be signalled counts as stopped, and would be there beside its successor.
    const isThere = group.processes.some(({ pid }) => pid !== 0);
    if (!group.isStopped || isThere) throw new SupervisorError('STILL_RUNNING', name);
    this.#groups.splice(this.#groups.indexOf(group), 1);
    for (const { facts } of group.processes) this.#formerSpawns += facts.spawns;
    this.#formerDiscarded += group.pool?.discarded ?? 0;
    this.#startQueue.remove(group.processes);
    group.close();
    this.events.emit({ type: 'PROCESS_GROUP_REMOVED', group: name });
    this.#processesChanged(name);
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
    const group = this.#activate(config);
    this.#startSoon(group.processes);
    return group;
  }

  /**
   * Adds processes to an active group of programs, until the next restart; they start by
   * themselves if they are configured so. All or none are added.
   *
   * @throws {SupervisorError} BAD_NAME of the group if it is not active, or of a process if it
   *   has one of that name already; BAD_ARGUMENTS if it is not a group of programs
   */
  addProcesses(groupName: string, configs: readonly ProcessConfig[]): readonly Process[] {
    const group = this.#active(groupName);
    const names = new Set(group.processes.map(({ name }) => name));
    for (const { name } of configs) {
      if (names.has(name)) throw new SupervisorError('BAD_NAME', name);
      names.add(name);
    }
    const before = group.config;
    const added = group.add(configs);
    this.#replace(before, group.config);
    this.#processesChanged(groupName);
    this.#startSoon(added);
    return added;
  }

  /**
   * Removes a process, which has stopped, from an active group.
   *
   * @throws {SupervisorError} BAD_NAME of the group or the process, STILL_RUNNING
   */
  removeProcess(groupName: string, name: string): void {
    const group = this.#active(groupName);
    const process = group.process(name);
    if (process === undefined) throw new SupervisorError('BAD_NAME', name);
    if (!process.isStopped || process.pid !== 0) throw new SupervisorError('STILL_RUNNING', name);
    if (group.config.type === 'eventlistener') {
      throw new SupervisorError('BAD_ARGUMENTS', `${groupName} is a pool of event listeners`);
    }
    const before = group.config;
    this.#startQueue.remove([process]);
    group.remove(process);
    this.#formerSpawns += process.facts.spawns;
    this.#replace(before, group.config);
    this.#processesChanged(groupName);
  }

  /** Calls `changed` whenever processes have come to a group or left it, with the group's name. */
  watchProcesses(changed: (group: string) => void): Cancel {
    this.#processWatchers.add(changed);
    return () => void this.#processWatchers.delete(changed);
  }

  /** Takes a configuration read anew; nothing starts or stops, but `addGroup` goes by it. */
  reread(config: Config): GroupChanges {
    this.#config = config;
    return compareGroups(
      this.#groups.map((group) => group.config),
      config.groups,
    );
  }

  /** What an update to this configuration would do, as things are. */
  updatePlan(config: Config): GroupChanges {
    return updatePlan(
      this.#groups.map((group) => group.config),
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
  }

  /** The end of a child that somebody has started beside the programs. */
  whenDead(pid: number): Promise<ExitStatus> {
    return new Promise((resolve) => {
      this.#reaper.spawned({ collect: (status) => resolve(exitStatus(status)) }, pid);
    });
  }

  /**
   * Stops everything, groups of high priority numbers first, and resolves when all has been
   * reaped. A second call joins the first; SHUTDOWN overrides RESTARTING.
   */
  shutdown(mood: 'SHUTDOWN' | 'RESTARTING' = 'SHUTDOWN'): Promise<void> {
    if (this.#ended === undefined) {
      this.#state = mood;
      this.#startQueue.close();
      this.events.emit({ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' });
      this.#ended = this.#ending.begin(() => this.#state === 'SHUTDOWN');
    } else if (mood === 'SHUTDOWN') {
      this.#state = mood;
    }
    return this.#ended;
  }

  /** Asked to stop once more: what has been asked is killed, and everything else is asked now. */
  hurry(): void {
    this.#ending.hurry();
  }

  /** How long a shutdown takes at worst, as things are. */
  stopPlan(): StopPlan {
    const configs = this.#groups.map((group) => group.config);
    return stopPlan(configs, this.#config.supervisord);
  }

  /** What the program that this supervises for should exit with, after `shutdown`: 0 unless configured. */
  get exitStatus(): number {
    return this.#ending.exitStatus;
  }

  /** Releases what it holds, after `shutdown`: log files, timers. */
  close(): void {
    this.#ticks.close();
    for (const group of this.#groups) group.close();
  }

  /** Opens the logs of all running processes anew, after a rotation from outside. */
  reopenLogs(): void {
    for (const group of this.#groups) {
      for (const process of group.processes) process.reopenLogs();
    }
  }

  #active(name: string): Group {
    const group = this.group(name);
    if (group === undefined) throw new SupervisorError('BAD_NAME', name);
    return group;
  }

  #startSoon(processes: readonly Process[]): void {
    this.#startQueue.add(processes);
    this.#startQueue.runSoon();
  }

  /** A group that is still as it was read counts, changed, as read: it can be removed and added again. */
  #replace(before: GroupConfig, after: GroupConfig): void {
    const groups = this.#config.groups.map((group) => (group === before ? after : group));
    this.#config = { ...this.#config, groups };
  }

  #activate(config: GroupConfig): Group {
    const { clock, kernel, logger, serials, resultHandlers, ownListeners } = this.#options;
    const group = new Group(config, {
      clock,
      kernel,
      logger,
      events: this.events,
      serials,
      resultHandlers,
      ownListeners,
      supervisord: this.#config.supervisord,
      autoLogs: this.#autoLogs,
      isSupervising: () => this.#state === 'RUNNING',
      spawned: (process, pid) => this.#reaper.spawned(process, pid),
      collect: (pid) => this.#reaper.reapOne(pid),
    });
    this.#groups.push(group);
    this.events.emit({ type: 'PROCESS_GROUP_ADDED', group: config.name });
    this.#processesChanged(config.name);
    return group;
  }

  #processesChanged(group: string): void {
    for (const changed of this.#processWatchers) changed(group);
  }
}
