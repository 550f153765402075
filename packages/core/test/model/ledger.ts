/**
 * What must hold at every call of the kernel and at every event, from what was seen before. It knows
 * the rules as an operator does, and nothing of the engine's table.
 */
import type { SupervisorEvent } from '../../src/events/types.ts';
import type { Reaped, SpawnRequest, Spawned } from '../../src/kernel.ts';
import type { ProcessState } from '../../src/process/states.ts';
import type { Supervisor } from '../../src/supervisor.ts';
import type { FakeClock } from '../../src/testing/index.ts';
import { newAccount } from './account.ts';
import type { Account, Life } from './account.ts';
import { EndOrder } from './end-order.ts';
import type { KernelWitness } from './model-kernel.ts';
import { PoolAccount } from './pool-account.ts';
import type { Setting } from './step.ts';

export const STILLBORN = 'supervisor: child process was not spawned\n';
const SIGKILL = 9;

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

export class Ledger implements KernelWitness {
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
  readonly #supervisor: Supervisor;
  readonly #clock: FakeClock;

  constructor(supervisor: Supervisor, clock: FakeClock, setting: Setting) {
    this.#supervisor = supervisor;
    this.#clock = clock;
    this.end = new EndOrder(supervisor, clock, setting);
    supervisor.events.subscribe('EVENT', (event) => this.#told(event));
    supervisor.watchProcesses((group) => this.#regroup(group));
  }

  fail(what: string): void {
    this.broken ??= what;
  }

  account(key: string): Account | undefined {
    const account = this.accounts.get(key);
    const [group = '', name = ''] = key.split(':');
    const process = this.#supervisor.group(group)?.process(name);
    if (process === undefined || account?.process === process) return account;
    const fresh = newAccount(key, process, this.#clock.monotonic());
    this.accounts.set(key, fresh);
    return fresh;
  }

  spawning(request: SpawnRequest): void {
    const account = this.#accountOf(request);
    for (const life of this.living.values()) {
      if (life.account.key === account.key) {
        this.fail(`${account.key} is spawned while its pid ${life.pid} is there`);
      }
    }
    if (this.#supervisor.state !== 'RUNNING' && !this.end.mayStillSpawn(account.process)) {
      this.fail(`${account.key} is spawned while everything is being stopped`);
    }
    if (!this.#supervisor.groups.some(({ processes }) => processes.includes(account.process))) {
      this.fail(`${account.key} is spawned although it has been removed`);
    }
  }

  spawned(request: SpawnRequest, { pid, stillborn }: Spawned): void {
    const account = this.#accountOf(request);
    const isFcgi = account.key.startsWith('fast:');
    const channel = account.process.config.redirectStderr ? 'stdout' : 'stderr';
    this.spawns += 1;
    account.inPipe.stdout = account.inPipe.stderr = 0;
    account.isOutputEnded.stdout = account.isOutputEnded.stderr = false;
    if (stillborn !== undefined) {
      account.written[channel] += stillborn.text.length;
      account.untoldFailures += 1;
      account.untoldEnd = { pid, code: 127, ranMs: 0, from: 'STARTING' };
      account.endedAt = this.#clock.now();
      return;
    }
    const fds = (isFcgi ? 0 : 1) + (channel === 'stdout' ? 1 : 2);
    const startedMs = this.#clock.monotonic();
    const life: Life = {
      pid,
      account,
      startedMs,
      fds,
      signalled: 'no',
      isDead: false,
      isInputClosed: false,
      isLost: false,
    };
    if (this.living.has(pid)) this.fail(`internal error of the model: pid ${pid} is there twice`);
    this.living.set(pid, life);
    account.child = life;
  }

  notSpawned(request: SpawnRequest): void {
    this.#accountOf(request).untoldFailures += 1;
  }

  killing(target: number, signal: number): void {
    const life = this.living.get(Math.abs(target));
    if (life === undefined) {
      this.fail(`signal ${signal} to pid ${target}, which is none of ours`);
      return;
    }
    if (this.isSignalling) {
      if (target < 0) this.fail(`a plain signal goes to the whole group of ${life.account.key}`);
      return;
    }
    const { account } = life;
    const { config } = account.process;
    const now = this.#clock.monotonic();
    const isFirst = life.signalled === 'no' && signal === config.stopSignal;
    const wholeGroup = isFirst ? config.stopAsGroup : config.killAsGroup;
    const isEither = signal === SIGKILL && config.stopSignal === SIGKILL;
    if (target < 0 !== wholeGroup && !isEither)
      this.fail(`signal ${signal} to ${target}: group or not?`);
    if (!isFirst && signal !== SIGKILL) this.fail(`${account.key} is stopped by signal ${signal}`);
    if (!isFirst && now < account.killDueMs && !this.end.isHurried()) {
      this.fail(`${account.key} is killed before its stopwaitsecs are over`);
    }
    const isStop = isFirst && !(isEither && this.end.isHurried());
    const wait = isStop ? config.stopWaitSeconds : Math.max(1, config.stopWaitSeconds);
    account.killDueMs = now + wait * 1000;
    life.signalled = signal === SIGKILL ? 'SIGKILL' : 'stop';
  }

  signalFailed(pid: number, code: string | undefined): void {
    const life = this.living.get(pid);
    if (life !== undefined && code !== 'ESRCH') life.isLost = true;
  }

  sweeping(): void {
    this.isSwept = true;
    const left = [...this.living.values()].find(({ account }) => account.state !== 'UNKNOWN');
    if (left !== undefined) this.fail(`it is swept while ${left.account.key} is there`);
    if (this.#supervisor.state !== 'SHUTDOWN') this.fail('it is swept, and was not to end');
  }

  collected({ pid, status }: Reaped): void {
    this.collectedCount += 1;
    const life = this.living.get(pid);
    if (life === undefined) return;
    this.living.delete(pid);
    this.lastReaped = pid;
    const { account } = life;
    account.child = undefined;
    account.endedAt = this.#clock.now();
    for (const channel of ['stdout', 'stderr'] as const) {
      account.written[channel] += account.inPipe[channel];
      account.inPipe[channel] = 0;
    }
    const code = (status & 0x7f) === 0 ? status >> 8 : -1;
    const ranMs = this.#clock.monotonic() - account.startedMs;
    if (account.process.state === 'UNKNOWN') account.exitCode = code;
    else account.untoldEnd = { pid, code, ranMs, from: account.process.state };
  }

  refused(): void {
    this.refusals += 1;
  }

  closedTwice(fd: number): void {
    this.fail(`descriptor ${fd} is closed twice`);
  }

  #accountOf({ environment }: SpawnRequest): Account {
    const key = `${environment['SUPERVISOR_GROUP_NAME']}:${environment['SUPERVISOR_PROCESS_NAME']}`;
    const account = this.account(key);
    if (account === undefined) throw new Error(`internal error of the model: no ${key}`);
    return account;
  }

  #regroup(name: string): void {
    const group = this.#supervisor.group(name);
    for (const process of group?.processes ?? []) this.account(`${name}:${process.name}`);
    for (const [key, account] of this.accounts) {
      const [inGroup] = key.split(':');
      const isGone = inGroup === name && group?.processes.includes(account.process) !== true;
      if (isGone && account.child === undefined) this.accounts.delete(key);
    }
    if (group === undefined) this.pools.delete(name);
  }

  #told(event: SupervisorEvent): void {
    if (event.type === 'PROCESS_GROUP_ADDED') {
      const pool = PoolAccount.of(this.#supervisor.group(event.group));
      if (pool !== undefined) this.pools.set(event.group, pool);
    }
    for (const pool of this.pools.values()) pool.told(event);
    if (!('from' in event)) return;
    const key = `${event.process.group}:${event.process.name}`;
    const account = this.account(key);
    if (account === undefined) return this.fail(`${event.type} of ${key}, which is not there`);
    if (event.from !== account.state) {
      this.fail(`${event.type} of ${key} from ${event.from}, but it was ${account.state}`);
    }
    const to = event.type.slice('PROCESS_STATE_'.length) as ProcessState;
    if (!before[to].includes(account.state)) this.fail(`${key}: ${account.state} to ${to}`);
    this.#entered(account, to, event);
    account.state = to;
    account.sinceMs = this.#clock.monotonic();
  }

  #entered(account: Account, to: ProcessState, event: SupervisorEvent): void {
    const { key, process, child, untoldEnd } = account;
    const { config } = process;
    if ('pid' in event && event.pid !== (untoldEnd ?? child ?? { pid: 0 }).pid) {
      // A stop in BACKOFF is told with no pid.
      this.fail(`${event.type} of ${key} tells of pid ${event.pid}`);
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
          this.fail(`${key} has tried ${event.tries} times, and not ${account.failures}`);
        }
        this.#endTold(account, to);
        break;
      case 'EXITED': {
        account.failures = 0;
        const isExpected = config.exitCodes.includes(untoldEnd?.code ?? 0);
        if ('expected' in event && event.expected !== isExpected) this.fail(`${key}: expected?`);
        if (config.onExit === 'shutdown') this.isEndDue = true;
        if (config.onExit === 'shutdown_if_unexpected' && !isExpected) this.isEndDue = true;
        this.#endTold(account, to);
        break;
      }
      case 'STOPPING':
        if (account.isAskedToStop) account.isAskedToStop = false;
        else if (this.updates === 0 && account.steering === 0)
          this.#check(this.end.stopping(process));
        break;
      case 'STOPPED':
        if (account.state === 'STOPPING') this.#endTold(account, to);
        else if (
          !account.isAskedToStop &&
          account.steering === 0 &&
          this.updates === 0 &&
          !this.end.isInside
        ) {
          this.fail(`nobody wanted ${key} to be STOPPED while it waits for its next try`);
        }
        account.isAskedToStop = false;
        break;
      case 'FATAL':
        if (account.failures <= config.startRetries && this.#supervisor.state === 'RUNNING') {
          this.fail(`${key} is given up after ${account.failures} failures`);
        }
        if (account.failures > config.startRetries && config.onFatal === 'shutdown') {
          this.isEndDue = true;
        }
        account.failures = 0;
        break;
      case 'UNKNOWN':
        if (child?.isLost !== true) this.fail(`${key} is UNKNOWN although it can be signalled`);
        break;
    }
  }

  #starting(account: Account): void {
    const { key, process, state } = account;
    const { config } = process;
    const now = this.#clock.monotonic();
    this.starts.push(key);
    if (!account.isAskedToStart && account.steering === 0) {
      const sinceLast = now - account.startedMs;
      // Seconds as fractions are not exact.
      if (sinceLast < 999.999) this.fail(`${key} starts ${sinceLast} ms after its last start`);
      if (!this.#mayStartByItself(account)) this.fail(`nobody wanted ${key} to start (${state})`);
    }
    account.isAskedToStart = false;
    account.startedMs = now;
    account.startedAt = this.#clock.now();
    account.exitCode = null;
    account.killDueMs = Infinity;
    // Of these the kernel is not told.
    if (config.command !== '/bin/sh') account.untoldFailures += 1;
  }

  #mayStartByItself(account: Account): boolean {
    const { key, process, state, failures, exitCode, sinceMs } = account;
    const { autostart, autorestart, exitCodes } = process.config;
    if (state === 'BACKOFF') return this.#clock.monotonic() >= sinceMs + failures * 1000;
    if (state === 'EXITED') {
      return autorestart === true || (autorestart && !exitCodes.includes(exitCode ?? 0));
    }
    if (state !== 'STOPPED') return false;
    if (account.startedAt === 0) return autostart;
    return this.pools.get(key.split(':')[0] as string)?.recovers === true;
  }

  /** The one event of an end: of a child that was collected, or of a spawn that failed. */
  #endTold(account: Account, to: ProcessState): void {
    const { key, process, untoldEnd: end } = account;
    account.untoldEnd = undefined;
    if (account.untoldFailures > 0) account.untoldFailures -= 1;
    else if (end === undefined && this.refusals > 0) this.refusals -= 1;
    else if (end === undefined) this.fail(`${key} is told to be ${to}, and nothing has ended`);
    if (end === undefined) return;
    account.exitCode = to === 'BACKOFF' ? null : end.code;
    account.restartDueMs = this.#clock.monotonic() + Math.max(0, 1000 - end.ranMs);
    const isQuick = end.ranMs < process.config.startSeconds * 1000;
    const right =
      end.from === 'STOPPING'
        ? 'STOPPED'
        : end.from === 'STARTING' && isQuick
          ? 'BACKOFF'
          : 'EXITED';
    if (to !== right) this.fail(`${key} ended in ${end.from} after ${end.ranMs} ms, and is ${to}`);
    for (const channel of ['stdout', 'stderr'] as const) {
      const logged = process.log(channel).bytesWritten;
      const written = account.written[channel];
      if (logged !== written) {
        this.fail(`${key} wrote ${written} bytes to ${channel}, its log has ${logged} at its exit`);
      }
    }
  }

  #check(problem: string | undefined): void {
    if (problem !== undefined) this.fail(problem);
  }
}
