import { namespecText } from '@tsvisor/core';
import type { Process, Supervisor } from '@tsvisor/core';

/** What has been counted of a process since the daemon began. */
export interface Counts {
  spawns: number;
  restarts: number;
  stdoutBytes: number;
  stderrBytes: number;
  cpuSeconds: number;
}

/** One name: the counts of all the processes that have had it. */
interface Account {
  /** Whose counts are added; undefined: its group was removed. */
  process: Process | undefined;
  /** Of those before. */
  readonly former: Counts;
  /** The CPU time of the life with this pid, as it was last seen. */
  pid: number;
  cpuSeconds: number;
}

/** More names than these that nobody has any more are forgotten, the oldest first. */
const MOST_FORMER = 10_000;

/**
 * Counts of processes that go on when a group is removed and added again. Numbers of a name stay
 * when its process is gone; nothing is kept for an answer.
 */
export class ProcessCounts {
  readonly #supervisor: Supervisor;
  readonly #accounts = new Map<string, Account>();

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor;
    this.#settle();
    supervisor.events.subscribe('PROCESS_GROUP_REMOVED', ({ group }) => this.#letGo(group));
  }

  /**
   * Of each process that is there, by its namespec. CPU time is what was seen of it: the most of
   * each life, as `used` tells.
   */
  all(used: ReturnType<Supervisor['usage']>): ReadonlyMap<Process, Counts> {
    this.#settle();
    const counts = new Map<Process, Counts>();
    for (const [name, account] of this.#accounts) {
      const { process } = account;
      if (process === undefined) continue;
      seeCpu(account, process.pid, used.get(name)?.cpuSeconds ?? 0);
      counts.set(process, plus(account, process));
    }
    return counts;
  }

  /** Makes the accounts those of the processes that are there. */
  #settle(): void {
    const present = new Set<string>();
    for (const { processes } of this.#supervisor.groups) {
      for (const process of processes) {
        const name = namespecText(process.group, process.name);
        // Of equal names the first counts, as for whoever asks by name.
        if (present.has(name)) continue;
        present.add(name);
        const account = this.#accounts.get(name);
        if (account?.process === process) continue;
        if (account === undefined) this.#accounts.set(name, fresh(process));
        else {
          close(account);
          account.process = process;
        }
      }
    }
    if (this.#accounts.size === present.size) return;
    for (const [name, account] of this.#accounts) if (!present.has(name)) close(account);
    this.#forget(present);
  }

  /** What a group that was removed has counted is kept, the group is not. */
  #letGo(group: string): void {
    const present = this.#supervisor.group(group)?.processes ?? [];
    for (const account of this.#accounts.values()) {
      const { process } = account;
      if (process?.group === group && !present.includes(process)) close(account);
    }
  }

  #forget(present: ReadonlySet<string>): void {
    for (const name of this.#accounts.keys()) {
      if (this.#accounts.size <= present.size + MOST_FORMER) return;
      if (!present.has(name)) this.#accounts.delete(name);
    }
  }
}

const fresh = (process: Process): Account => ({
  process,
  former: { spawns: 0, restarts: 0, stdoutBytes: 0, stderrBytes: 0, cpuSeconds: 0 },
  pid: 0,
  cpuSeconds: 0,
});

function plus({ former, cpuSeconds }: Account, process: Process): Counts {
  return {
    spawns: former.spawns + process.facts.spawns,
    restarts: former.restarts + process.restarts,
    stdoutBytes: former.stdoutBytes + process.log('stdout').bytesWritten,
    stderrBytes: former.stderrBytes + process.log('stderr').bytesWritten,
    cpuSeconds: former.cpuSeconds + cpuSeconds,
  };
}

function seeCpu(account: Account, pid: number, seconds: number): void {
  if (account.pid !== pid) {
    account.former.cpuSeconds += account.cpuSeconds;
    account.pid = pid;
    account.cpuSeconds = 0;
  }
  // Less than before: one of the tree has ended whose parent did not wait for it.
  account.cpuSeconds = Math.max(account.cpuSeconds, seconds);
}

/** What was counted of a process that is gone stays with the name. */
function close(account: Account): void {
  const { process, former } = account;
  if (process === undefined) return;
  Object.assign(former, plus(account, process));
  account.process = undefined;
  account.pid = 0;
  account.cpuSeconds = 0;
}
