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

  #regroup(name: string): void {
    const group = this.supervisor.group(name);
    for (const process of group?.processes ?? []) this.account(`${name}:${process.name}`);
    for (const [key, account] of this.accounts) {
      const [inGroup] = key.split(':');
      const isGone = inGroup === name && group?.processes.includes(account.process) !== true;
      if (isGone && account.child === undefined) this.accounts.delete(key);
    }
    if (group === undefined) this.pools.delete(name);
  }
}
