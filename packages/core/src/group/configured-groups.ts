import { compareGroups } from '@tsvisor/config';
import type { Config, GroupChanges, GroupConfig } from '@tsvisor/config';

import { SupervisorError } from '../errors.ts';
import { ActiveGroups } from './active-groups.ts';
import type { ActiveGroupsOptions } from './active-groups.ts';
import type { Group } from './group.ts';

/** The configuration that was read last, and the groups that come of it. */
export class ConfiguredGroups {
  readonly active: ActiveGroups;
  #config: Config;

  constructor(config: Config, options: Omit<ActiveGroupsOptions, 'changed'>) {
    this.#config = config;
    this.active = new ActiveGroups({
      ...options,
      changed: (before, after) => this.#replace(before, after),
    });
  }

  get config(): Config {
    return this.#config;
  }

  /** Those of the groups that are active, as they are now. */
  get activeConfigs(): readonly GroupConfig[] {
    return this.active.all.map((group) => group.config);
  }

  /** Activates all, starting nothing. @throws {SpawnError} */
  activateAll(): void {
    for (const config of this.#config.groups) {
      // Of groups of equal names the first in final order counts.
      if (this.active.get(config.name) === undefined) this.active.activate(config);
    }
  }

  /** Activates one that was read. @throws {SupervisorError} ALREADY_ADDED, BAD_NAME @throws {SpawnError} */
  add(name: string): Group {
    this.#refuseActive(name);
    const config = this.#config.groups.find((one) => one.name === name);
    if (config === undefined) throw new SupervisorError('BAD_NAME', name);
    return this.#begin(config);
  }

  /** Activates one that was not. @throws {SupervisorError} ALREADY_ADDED @throws {SpawnError} */
  create(config: GroupConfig): Group {
    this.#refuseActive(config.name);
    return this.#begin(config);
  }

  /** Nothing starts or stops. @returns how the active groups differ from it */
  reread(config: Config): GroupChanges {
    this.#config = config;
    return compareGroups(this.activeConfigs, config.groups);
  }

  #refuseActive(name: string): void {
    if (this.active.get(name) !== undefined) throw new SupervisorError('ALREADY_ADDED', name);
  }

  #begin(config: GroupConfig): Group {
    const group = this.active.activate(config);
    this.active.startSoon(group.processes);
    return group;
  }

  /** A group that is still as it was read counts, changed, as read: it can be removed and added again. */
  #replace(before: GroupConfig, after: GroupConfig): void {
    const groups = this.#config.groups.map((group) => (group === before ? after : group));
    this.#config = { ...this.#config, groups };
  }
}
