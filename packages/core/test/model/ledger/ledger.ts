/**
 * What was seen of all processes. Those who make its entries, at every call of the kernel and at
 * every event, tell it what does not hold by what was seen before. They know the rules as an
 * operator does, and nothing of the engine's table.
 */
import type { Supervisor } from '../../../src/supervisor.ts';
import type { FakeClock } from '../../../src/testing/index.ts';
import type { Setting } from '../step.ts';
import { newAccount } from './account.ts';
import type { Account, Life } from './account.ts';
import { EndOrder } from './end-order.ts';
import type { PoolAccount } from './pool-account.ts';

export class Ledger {
  /** The first thing that did not hold. */
  broken: string | undefined;
  /** By pid: those that have not been collected. */
  readonly living = new Map<number, Life>();
  readonly accounts = new Map<string, Account>();
  /** Of groups that are gone, while events of before wait to be told. */
  readonly departed = new Map<string, Account>();
  readonly pools = new Map<string, PoolAccount>();
  /** Keys, in the order in which they were started. */
  starts: string[] = [];
  spawns = 0;
  collectedCount = 0;
  lastReaped = 0;
  /** Somebody sends a signal of his own. */
  isSignalling = false;
  /** Pipes and sockets that could not be had in this step. */
  refusals = 0;
  /** What was left behind has been asked to end. */
  isSwept = false;
  /** Updates that are under way. */
  updates = 0;
  /** on_exit= or on_fatal= wants everything to end. */
  isEndDue = false;
  readonly end: EndOrder;
  readonly supervisor: Supervisor;
  readonly clock: FakeClock;

  constructor(supervisor: Supervisor, clock: FakeClock, setting: Setting) {
    this.supervisor = supervisor;
    this.clock = clock;
    this.end = new EndOrder(supervisor, clock, setting);
    supervisor.watchProcesses((group) => this.#regroup(group));
  }

  fail(what: string): void {
    this.broken ??= what;
  }

  account(key: string): Account | undefined {
    const account = this.accounts.get(key);
    const [group = '', name = ''] = key.split(':');
    const process = this.supervisor.group(group)?.process(name);
    if (process === undefined || account?.process === process) return account;
    const fresh = newAccount(key, process, this.clock.monotonic());
    this.accounts.set(key, fresh);
    return fresh;
  }

  /** It is told that the group has gone: nothing that is told after that is of its processes. */
  removed(name: string): void {
    for (const key of this.departed.keys()) {
      if (key.startsWith(`${name}:`)) this.departed.delete(key);
    }
    // Nothing waited to be told, and this comes before the group is seen to be gone.
    for (const key of this.#gone(name)) this.accounts.delete(key);
  }

  #regroup(name: string): void {
    const group = this.supervisor.group(name);
    for (const process of group?.processes ?? []) this.account(`${name}:${process.name}`);
    for (const key of this.#gone(name)) {
      if (group === undefined) this.departed.set(key, this.accounts.get(key)!);
      this.accounts.delete(key);
    }
    if (group === undefined) this.pools.delete(name);
  }

  #gone(name: string): string[] {
    const processes = this.supervisor.group(name)?.processes ?? [];
    return [...this.accounts.values()]
      .filter(({ key, child }) => key.startsWith(`${name}:`) && child === undefined)
      .filter(({ process }) => !processes.includes(process))
      .map(({ key }) => key);
  }
}
