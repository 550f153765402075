import type { SupervisorEvent } from '../../../src/events/types.ts';
import type { ProcessState } from '../../../src/process/states.ts';
import type { Account } from './account.ts';
import type { Ledger } from './ledger.ts';
import { PoolAccount } from './pool-account.ts';

/** From which states each may be entered. */
const before: Readonly<Record<ProcessState, readonly ProcessState[]>> = {
  STARTING: ['STOPPED', 'EXITED', 'FATAL', 'BACKOFF'],
  RUNNING: ['STARTING'],
  BACKOFF: ['STARTING'],
  STOPPING: ['STARTING', 'RUNNING'],
  STOPPED: ['STOPPING', 'BACKOFF'],
  EXITED: ['RUNNING'],
  FATAL: ['BACKOFF'],
  UNKNOWN: ['STARTING', 'RUNNING', 'STOPPING'],
};

/** What must hold at each event, and what it tells of the processes. */
export class EventEntries {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  begin(): void {
    this.#ledger.supervisor.events.subscribe('EVENT', (event) => this.#told(event));
  }

  #told(event: SupervisorEvent): void {
    if (event.type === 'PROCESS_GROUP_ADDED') {
      const pool = PoolAccount.of(this.#ledger.supervisor.group(event.group));
      if (pool !== undefined) this.#ledger.pools.set(event.group, pool);
    }
    for (const pool of this.#ledger.pools.values()) pool.told(event);
    if (event.type === 'PROCESS_GROUP_REMOVED') this.#ledger.removed(event.group);
    if (!('from' in event)) return;
    const key = `${event.process.group}:${event.process.name}`;
    const account = this.#ledger.departed.get(key) ?? this.#ledger.account(key);
    if (account === undefined)
      return this.#ledger.fail(`${event.type} of ${key}, which is not there`);
    if (event.from !== account.state) {
      this.#ledger.fail(`${event.type} of ${key} from ${event.from}, but it was ${account.state}`);
    }
    const to = event.type.slice('PROCESS_STATE_'.length) as ProcessState;
    if (!before[to].includes(account.state)) this.#ledger.fail(`${key}: ${account.state} to ${to}`);
    this.#entered(account, to, event);
    account.state = to;
    account.sinceMs = this.#ledger.clock.monotonic();
  }

  #entered(account: Account, to: ProcessState, event: SupervisorEvent): void {
    const { key, process, child, untoldEnd } = account;
    const { config } = process;
    if ('pid' in event && event.pid !== (untoldEnd ?? child ?? { pid: 0 }).pid) {
      // A stop in BACKOFF is told with no pid.
      this.#ledger.fail(`${event.type} of ${key} tells of pid ${event.pid}`);
    }
    switch (to) {
      case 'STARTING':
        this.#starting(account);
        break;
      case 'RUNNING':
        account.failures = 0;
        break;
      case 'BACKOFF':
        account.failures += 1;
        if ('tries' in event && event.tries !== account.failures) {
          this.#ledger.fail(`${key} has tried ${event.tries} times, and not ${account.failures}`);
        }
        this.#endTold(account, to);
        break;
      case 'EXITED': {
        account.failures = 0;
        const isExpected = config.exitCodes.includes(untoldEnd?.code ?? 0);
        if ('expected' in event && event.expected !== isExpected)
          this.#ledger.fail(`${key}: expected?`);
        if (config.onExit === 'shutdown') this.#ledger.isEndDue = true;
        if (config.onExit === 'shutdown_if_unexpected' && !isExpected) this.#ledger.isEndDue = true;
        this.#endTold(account, to);
        break;
      }
      case 'STOPPING':
        if (account.isAskedToStop) account.isAskedToStop = false;
        else if (this.#ledger.updates === 0 && account.steering === 0)
          this.#check(this.#ledger.end.stopping(process));
        break;
      case 'STOPPED':
        if (account.state === 'STOPPING') this.#endTold(account, to);
        else if (
          !account.isAskedToStop &&
          account.steering === 0 &&
          this.#ledger.updates === 0 &&
          !this.#ledger.end.isInside
        ) {
          this.#ledger.fail(`nobody wanted ${key} to be STOPPED while it waits for its next try`);
        }
        account.isAskedToStop = false;
        break;
      case 'FATAL':
        if (
          account.failures <= config.startRetries &&
          this.#ledger.supervisor.state === 'RUNNING'
        ) {
          this.#ledger.fail(`${key} is given up after ${account.failures} failures`);
        }
        if (account.failures > config.startRetries && config.onFatal === 'shutdown') {
          this.#ledger.isEndDue = true;
        }
        account.failures = 0;
        break;
      case 'UNKNOWN':
        if (child?.isLost !== true)
          this.#ledger.fail(`${key} is UNKNOWN although it can be signalled`);
        break;
    }
  }

  #starting(account: Account): void {
    const { key, process, state } = account;
    const { config } = process;
    const now = this.#ledger.clock.monotonic();
    this.#ledger.starts.push(key);
    if (!account.isAskedToStart && account.steering === 0) {
      const sinceLast = now - account.startedMs;
      // Seconds as fractions are not exact.
      if (sinceLast < 999.999)
        this.#ledger.fail(`${key} starts ${sinceLast} ms after its last start`);
      if (!this.#mayStartByItself(account))
        this.#ledger.fail(`nobody wanted ${key} to start (${state})`);
    }
    account.isAskedToStart = false;
    account.startedMs = now;
    account.startedAt = this.#ledger.clock.now();
    account.exitCode = null;
    account.killDueMs = Infinity;
    // Of these the kernel is not told.
    if (config.command !== '/bin/sh') account.untoldFailures += 1;
  }

  #mayStartByItself(account: Account): boolean {
    const { key, process, state, failures, exitCode, sinceMs } = account;
    const { autostart, autorestart, exitCodes } = process.config;
    if (state === 'BACKOFF') return this.#ledger.clock.monotonic() >= sinceMs + failures * 1000;
    if (state === 'EXITED') {
      return autorestart === true || (autorestart && !exitCodes.includes(exitCode ?? 0));
    }
    if (state !== 'STOPPED') return false;
    if (account.startedAt === 0) return autostart;
    return this.#ledger.pools.get(key.split(':')[0] as string)?.recovers === true;
  }

  /** The one event of an end: of a child that was collected, or of a spawn that failed. */
  #endTold(account: Account, to: ProcessState): void {
    const { key, process, untoldEnd: end } = account;
    account.untoldEnd = undefined;
    if (account.untoldFailures > 0) account.untoldFailures -= 1;
    else if (end === undefined && this.#ledger.refusals > 0) this.#ledger.refusals -= 1;
    else if (end === undefined)
      this.#ledger.fail(`${key} is told to be ${to}, and nothing has ended`);
    if (end === undefined) return;
    account.exitCode = to === 'BACKOFF' ? null : end.code;
    account.restartDueMs = this.#ledger.clock.monotonic() + Math.max(0, 1000 - end.ranMs);
    const isQuick = end.ranMs < process.config.startSeconds * 1000;
    const right =
      end.from === 'STOPPING'
        ? 'STOPPED'
        : end.from === 'STARTING' && isQuick
          ? 'BACKOFF'
          : 'EXITED';
    if (to !== right)
      this.#ledger.fail(`${key} ended in ${end.from} after ${end.ranMs} ms, and is ${to}`);
    for (const channel of ['stdout', 'stderr'] as const) {
      const logged = process.log(channel).bytesWritten;
      const written = account.written[channel];
      if (logged !== written) {
        this.#ledger.fail(
          `${key} wrote ${written} bytes to ${channel}, its log has ${logged} at its exit`,
        );
      }
    }
  }

  #check(problem: string | undefined): void {
    if (problem !== undefined) this.#ledger.fail(problem);
  }
}
