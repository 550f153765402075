import type { Reaped, SpawnRequest, Spawned } from '../../../src/kernel.ts';
import type { KernelWitness } from '../model-kernel.ts';
import type { Account, Life } from './account.ts';
import type { Ledger } from './ledger.ts';

const SIGKILL = 9;

/** What must hold at each call of the kernel, and what it tells of the processes. */
export class KernelEntries implements KernelWitness {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  spawning(request: SpawnRequest): void {
    const account = this.#accountOf(request);
    for (const life of this.#ledger.living.values()) {
      if (life.account.key === account.key) {
        this.#ledger.fail(`${account.key} is spawned while its pid ${life.pid} is there`);
      }
    }
    if (
      this.#ledger.supervisor.state !== 'RUNNING' &&
      !this.#ledger.end.mayStillSpawn(account.process)
    ) {
      this.#ledger.fail(`${account.key} is spawned while everything is being stopped`);
    }
    if (
      !this.#ledger.supervisor.groups.some(({ processes }) => processes.includes(account.process))
    ) {
      this.#ledger.fail(`${account.key} is spawned although it has been removed`);
    }
  }

  spawned(request: SpawnRequest, { pid, stillborn }: Spawned): void {
    const account = this.#accountOf(request);
    const isFcgi = account.key.startsWith('fast:');
    const channel = account.process.config.redirectStderr ? 'stdout' : 'stderr';
    this.#ledger.spawns += 1;
    account.inPipe.stdout = account.inPipe.stderr = 0;
    account.isOutputEnded.stdout = account.isOutputEnded.stderr = false;
    account.written[channel] += stillborn?.text.length ?? 0;
    const fds = (isFcgi ? 0 : 1) + (channel === 'stdout' ? 1 : 2);
    const startedMs = this.#ledger.clock.monotonic();
    const life: Life = {
      pid,
      account,
      startedMs,
      fds,
      isStillborn: stillborn !== undefined,
      signalled: 'no',
      isDead: stillborn !== undefined,
      isInputClosed: false,
      isLost: false,
    };
    if (this.#ledger.living.has(pid))
      this.#ledger.fail(`internal error of the model: pid ${pid} is there twice`);
    this.#ledger.living.set(pid, life);
    account.child = life;
  }

  notSpawned(request: SpawnRequest): void {
    this.#accountOf(request).untoldFailures += 1;
  }

  killing(target: number, signal: number): void {
    const life = this.#ledger.living.get(Math.abs(target));
    if (life === undefined) {
      this.#ledger.fail(`signal ${signal} to pid ${target}, which is none of ours`);
      return;
    }
    if (this.#ledger.isSignalling) {
      if (target < 0)
        this.#ledger.fail(`a plain signal goes to the whole group of ${life.account.key}`);
      return;
    }
    const { account } = life;
    const { config } = account.process;
    const now = this.#ledger.clock.monotonic();
    const isFirst = life.signalled === 'no' && signal === config.stopSignal;
    const wholeGroup = isFirst ? config.stopAsGroup : config.killAsGroup;
    const isEither = signal === SIGKILL && config.stopSignal === SIGKILL;
    if (target < 0 !== wholeGroup && !isEither)
      this.#ledger.fail(`signal ${signal} to ${target}: group or not?`);
    if (!isFirst && signal !== SIGKILL)
      this.#ledger.fail(`${account.key} is stopped by signal ${signal}`);
    if (!isFirst && now < account.killDueMs && !this.#ledger.end.isHurried()) {
      this.#ledger.fail(`${account.key} is killed before its stopwaitsecs are over`);
    }
    const isStop = isFirst && !(isEither && this.#ledger.end.isHurried());
    const wait = isStop ? config.stopWaitSeconds : Math.max(1, config.stopWaitSeconds);
    account.killDueMs = now + wait * 1000;
    life.signalled = signal === SIGKILL ? 'SIGKILL' : 'stop';
  }

  signalFailed(pid: number, code: string | undefined): void {
    const life = this.#ledger.living.get(pid);
    if (life !== undefined && code !== 'ESRCH') life.isLost = true;
  }

  sweeping(): void {
    this.#ledger.isSwept = true;
    const left = [...this.#ledger.living.values()].find(
      ({ account }) => account.state !== 'UNKNOWN',
    );
    if (left !== undefined) this.#ledger.fail(`it is swept while ${left.account.key} is there`);
    if (this.#ledger.supervisor.state !== 'SHUTDOWN')
      this.#ledger.fail('it is swept, and was not to end');
  }

  collected({ pid, status }: Reaped): void {
    this.#ledger.collectedCount += 1;
    const life = this.#ledger.living.get(pid);
    if (life === undefined) return;
    this.#ledger.living.delete(pid);
    this.#ledger.lastReaped = pid;
    const { account } = life;
    account.child = undefined;
    account.endedAt = this.#ledger.clock.now();
    for (const channel of ['stdout', 'stderr'] as const) {
      account.written[channel] += account.inPipe[channel];
      account.inPipe[channel] = 0;
    }
    const code = life.isStillborn ? 127 : (status & 0x7f) === 0 ? status >> 8 : -1;
    const ranMs = life.isStillborn ? 0 : this.#ledger.clock.monotonic() - account.startedMs;
    if (account.process.state === 'UNKNOWN') account.exitCode = code;
    else account.untoldEnd = { pid, code, ranMs, from: account.process.state };
  }

  refused(): void {
    this.#ledger.refusals += 1;
  }

  closedTwice(fd: number): void {
    this.#ledger.fail(`descriptor ${fd} is closed twice`);
  }

  #accountOf({ environment }: SpawnRequest): Account {
    const key = `${environment['SUPERVISOR_GROUP_NAME']}:${environment['SUPERVISOR_PROCESS_NAME']}`;
    const account = this.#ledger.account(key);
    if (account === undefined) throw new Error(`internal error of the model: no ${key}`);
    return account;
  }
}
