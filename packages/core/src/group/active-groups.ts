import type { GroupConfig, ProcessConfig } from '@tsvisor/config';

import type { Cancel } from '../clock.ts';
import { SupervisorError } from '../errors.ts';
import type { EventBus } from '../events/bus.ts';
import type { Process } from '../process/process.ts';
import type { Group } from './group.ts';
import { namespecText, parseNamespec } from './namespec.ts';
import { byPriority } from './sequence.ts';
import type { StartQueue } from './start-queue.ts';

export interface ActiveGroupsOptions {
  readonly events: EventBus;
  readonly startQueue: StartQueue;
  /** @throws {SpawnError} */
  readonly make: (config: GroupConfig) => Group;
  /** A group is another one now than it was configured to be. */
  readonly changed: (before: GroupConfig, after: GroupConfig) => void;
}

/** The groups that are supervised: how they and their processes come, are found, and go. */
export class ActiveGroups {
  /** In the order in which they were activated. */
  readonly all: Group[] = [];
  readonly #options: ActiveGroupsOptions;
  readonly #watchers = new Set<(group: string) => void>();
  /** Of processes and pools that have been removed. */
  #formerSpawns = 0;
  #formerDiscarded = 0;

  constructor(options: ActiveGroupsOptions) {
    this.#options = options;
  }

  get processes(): readonly Process[] {
    return this.all.flatMap((group) => group.processes);
  }

  /** Children that came to be, in groups that are gone too. */
  get spawns(): number {
    return this.processes.reduce((sum, { facts }) => sum + facts.spawns, this.#formerSpawns);
  }

  get eventsDiscarded(): number {
    return this.all.reduce((sum, { pool }) => sum + (pool?.discarded ?? 0), this.#formerDiscarded);
  }

  get(name: string): Group | undefined {
    return this.all.find((group) => group.name === name);
  }

  /** @throws {SupervisorError} BAD_NAME */
  active(name: string): Group {
    const group = this.get(name);
    if (group === undefined) throw new SupervisorError('BAD_NAME', name);
    return group;
  }

  /** @throws {SupervisorError} BAD_NAME */
  find(text: string): readonly Process[] {
    const spec = parseNamespec(text);
    const group = this.get(spec.group);
    if (group === undefined) throw new SupervisorError('BAD_NAME', text);
    if (spec.process === null) return group.processes;
    const process = group.process(spec.process);
    if (process === undefined) throw new SupervisorError('BAD_NAME', text);
    return [process];
  }

  /** Starts nothing. @throws {SpawnError} */
  activate(config: GroupConfig): Group {
    const group = this.#options.make(config);
    this.all.push(group);
    this.#options.events.emit({ type: 'PROCESS_GROUP_ADDED', group: config.name });
    this.#changed(config.name);
    return group;
  }

  /** All that are due to start by themselves, those of low priority numbers first. */
  startAll(): void {
    for (const group of byPriority(this.all)) this.#options.startQueue.add(group.processes);
    this.#options.startQueue.run();
  }

  startSoon(processes: readonly Process[]): void {
    this.#options.startQueue.add(processes);
    this.#options.startQueue.runSoon();
  }

  /** @throws {SupervisorError} BAD_NAME, STILL_RUNNING */
  remove(name: string): void {
    const group = this.active(name);
    // One that cannot be signalled counts as stopped, and would be there beside its successor.
    const isThere = group.processes.some(({ pid }) => pid !== 0);
    if (!group.isStopped || isThere) throw new SupervisorError('STILL_RUNNING', name);
    this.all.splice(this.all.indexOf(group), 1);
    for (const { facts } of group.processes) this.#formerSpawns += facts.spawns;
    this.#formerDiscarded += group.pool?.discarded ?? 0;
    this.#options.startQueue.remove(group.processes);
    group.close();
    this.#options.events.emit({ type: 'PROCESS_GROUP_REMOVED', group: name });
    this.#changed(name);
  }

  /** All or none are added. @throws {SupervisorError} BAD_NAME, BAD_ARGUMENTS */
  addTo(group: Group, configs: readonly ProcessConfig[]): readonly Process[] {
    const names = new Set(group.processes.map(({ name }) => name));
    for (const { name } of configs) {
      if (names.has(name)) throw new SupervisorError('BAD_NAME', name);
      names.add(name);
    }
    const before = group.config;
    const added = group.add(configs);
    this.#options.changed(before, group.config);
    this.#changed(group.name);
    this.startSoon(added);
    return added;
  }

  /** @throws {SupervisorError} BAD_NAME, STILL_RUNNING, BAD_ARGUMENTS */
  removeFrom(group: Group, name: string): void {
    const process = group.process(name);
    if (process === undefined) throw new SupervisorError('BAD_NAME', name);
    if (!process.isStopped || process.pid !== 0) throw new SupervisorError('STILL_RUNNING', name);
    if (group.config.type === 'eventlistener') {
      throw new SupervisorError('BAD_ARGUMENTS', `${group.name} is a pool of event listeners`);
    }
    const before = group.config;
    this.#options.startQueue.remove([process]);
    group.remove(process);
    this.#formerSpawns += process.facts.spawns;
    this.#options.changed(before, group.config);
    this.#changed(group.name);
  }

  /** Calls `changed` whenever processes have come to a group or left it, with the group's name. */
  watch(changed: (group: string) => void): Cancel {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  #changed(group: string): void {
    for (const changed of this.#watchers) changed(group);
  }
}

/** The one process that a namespec means. @throws {SupervisorError} BAD_NAME */
export function theOneOf(processes: readonly Process[], text: string): Process {
  const [process, another] = processes;
  if (process !== undefined && another === undefined) return process;
  const names = processes.map(({ group, name }) => namespecText(group, name)).join(', ');
  throw new SupervisorError('BAD_NAME', names === '' ? text : `${text} means ${names}`);
}
