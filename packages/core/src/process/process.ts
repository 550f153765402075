import type { ProcessConfig } from '@tsvisor/config';

import { SupervisorError } from '../errors.ts';
import type { Channel } from '../events/types.ts';
import type { Reading } from '../feed.ts';
import type { ChildLog } from '../logs/child-log.ts';
import type { ProcessContext } from './context.ts';
import { ProcessEffects } from './effects.ts';
import type { Facts } from './facts.ts';
import { describe, processInfo } from './info.ts';
import type { ProcessInfo } from './info.ts';
import { Machine } from './machine.ts';
import { outputSource } from './output-source.ts';
import { readLines, readOutput } from './output.ts';
import type { LinesOptions, OutputReadOptions } from './output.ts';
import { sendSignal } from './signalling.ts';
import { refuseBadCommand, refuseStart } from './start-refusals.ts';
import { isRunning, isStopped } from './states.ts';
import type { ProcessState } from './states.ts';
import { start, stop, waitFor } from './steering.ts';
import type { WaitOptions } from './steering.ts';
import { StopReports } from './stop-reports.ts';
import { areRetriesSpent } from './transition.ts';
import { Watchers } from './watchers.ts';

/** One supervised process, over all its lives: what can be asked of it, and what it answers. */
export class Process {
  readonly config: ProcessConfig;
  readonly #context: ProcessContext;
  readonly #machine: Machine;
  readonly #effects: ProcessEffects;
  readonly #watchers = new Watchers();
  readonly #stopReports: StopReports;
  /** It has been taken out of its group. */
  #isClosed = false;

  constructor(config: ProcessConfig, context: ProcessContext) {
    this.config = config;
    this.#context = context;
    this.#machine = new Machine({
      clock: context.clock,
      policy: () => ({ ...config, supervising: this.#maySupervise() }),
      perform: (effect, pid) => this.#effects.perform(effect, pid),
      catchUp: () => {
        if (this.pid !== 0) context.collect(this.pid);
      },
      startPace: context.startPace,
    });
    this.#effects = new ProcessEffects(config, context, this.#machine, () =>
      this.#watchers.notify(),
    );
    this.#stopReports = new StopReports(context.clock, () =>
      this.#effects.say('info', `waiting for ${config.name} to stop`),
    );
  }

  get name(): string {
    return this.config.name;
  }

  get priority(): number {
    return this.config.priority;
  }

  /** The name of its group. */
  get group(): string {
    return this.#context.group;
  }

  get state(): ProcessState {
    return this.facts.state;
  }

  /** 0: none. */
  get pid(): number {
    return this.facts.pid;
  }

  get facts(): Facts {
    return this.#machine.facts;
  }

  /** How often it has been started again. */
  get restarts(): number {
    return Math.max(0, this.facts.spawns - 1);
  }

  /** Since its last start, by the clock that never steps back. */
  get elapsedMs(): number {
    return this.#effects.elapsedMs;
  }

  get isStopped(): boolean {
    return isStopped(this.state);
  }

  get isRunning(): boolean {
    return isRunning(this.state);
  }

  /** Whether the supervisor is to start it by itself: never after a first start, whatever came of it. */
  get isDueToAutostart(): boolean {
    return this.config.autostart && this.state === 'STOPPED' && this.facts.startedAt === 0;
  }

  /** The state in words, as `info` has them. */
  get description(): string {
    return describe({ name: this.name, facts: this.facts, uptimeMs: this.#effects.elapsedMs });
  }

  info(): ProcessInfo {
    const { clock, logs } = this.#context;
    return processInfo({
      name: this.name,
      group: this.group,
      facts: this.facts,
      stdoutLogfile: logs.stdout.path ?? '',
      stderrLogfile: logs.stderr.path ?? '',
      now: clock.now(),
      uptimeMs: this.#effects.elapsedMs,
    });
  }

  log(channel: Channel): ChildLog {
    return this.#context.logs[channel];
  }

  /**
   * Starts it, and resolves once it is RUNNING; starts that fail meanwhile are tried again as
   * often as `startRetries` says. One that is just being stopped is started after that.
   *
   * @returns false if it was running, or starting, already
   * @throws {SupervisorError} NO_FILE, NOT_EXECUTABLE for its command, ABNORMAL_TERMINATION with
   *   the reason if it has been given up, SHUTDOWN_STATE; the signal's reason
   */
  start(options: WaitOptions = {}): Promise<boolean> {
    return start(this, options);
  }

  /**
   * Stops it: sends its stop signal, and SIGKILL after `stopWaitSeconds`. Resolves once it has been
   * reaped and its last output has been read.
   *
   * @returns false if it was not running
   * @throws {SupervisorError} FAILED if it cannot be signalled; the signal's reason
   */
  stop(options: WaitOptions = {}): Promise<boolean> {
    return stop(this, options);
  }

  /** Stops it if it runs, and starts it. Resolves once it is RUNNING, and throws as `start` does. */
  async restart(options: WaitOptions = {}): Promise<void> {
    await this.stop(options);
    await this.start(options);
  }

  /**
   * Resolves as soon as it is in that state, or in one of those, which may be at once.
   *
   * @returns the state
   * @throws {SupervisorError} BAD_NAME if it is removed meanwhile, or has been; BAD_ARGUMENTS if there
   *   is no such state; the signal's reason
   */
  waitFor(
    states: ProcessState | readonly ProcessState[],
    { signal }: WaitOptions = {},
  ): Promise<ProcessState> {
    return waitFor(this, this.#watchers, states, signal);
  }

  /**
   * What it writes from now on, line by line, over all its lives, whatever its log; a line that has
   * no newline when its life ends is one too. Ends when the process is removed or the supervisor
   * closed. Reading begins with the call: a process that is started after it is read from its first
   * byte. A slow reader never slows the process down: see `missed`.
   */
  lines(options?: LinesOptions): Reading<string> {
    return readLines(outputSource(this, this.#context, this.#watchers), options);
  }

  /** As `lines`, but in chunks as they come from its pipe. */
  output(options?: OutputReadOptions): Reading<Buffer> {
    return readOutput(outputSource(this, this.#context, this.#watchers), options);
  }

  /**
   * Begins to start it; `whenStarted` tells how that goes on. On one that is stopping nothing happens
   * but a line in the log (process.md §3).
   *
   * @throws {SupervisorError} NO_FILE, NOT_EXECUTABLE (even if it runs already),
   *   ALREADY_STARTED, FAILED, SPAWN_ERROR; SHUTDOWN_STATE once everything is being stopped;
   *   BAD_NAME once it has been removed
   */
  beginStart(): void {
    refuseBadCommand(() => this.#effects.resolveCommand());
    const { name, state } = this;
    const { clock } = this.#context;
    const isSupervising = this.#context.isSupervising();
    refuseStart({ name, state, isSupervising, isRemoved: this.#isClosed });
    if (state === 'STOPPING') {
      this.#effects.say('warn', `process '${name}' already running`);
      return;
    }
    const { facts } = this;
    this.#machine.take({ type: 'start', at: clock.now() });
    // Asked for while something is told of it, it comes after that; the error is an older one.
    if (this.facts === facts) return;
    if (this.facts.spawnError !== null) {
      // Whoever is told of the error, and looks then, sees what has come of it.
      if (this.#isToBeGivenUp) this.#machine.take({ type: 'retries-spent', at: clock.now() });
      throw new SupervisorError('SPAWN_ERROR', name);
    }
    // Whoever asked is told of RUNNING in the same answer.
    if (this.config.startSeconds <= 0) this.#machine.take({ type: 'stayed-up', at: clock.now() });
  }

  /** As `start`, for a process that is due by itself: what goes wrong becomes its state. */
  autostart(): void {
    if (this.isDueToAutostart) this.#machine.take({ type: 'start', at: this.#context.clock.now() });
  }

  /** Starts one that has been stopped in order to be; what goes wrong becomes its state. */
  startAgain(): void {
    if (this.state === 'STOPPED')
      this.#machine.take({ type: 'start', at: this.#context.clock.now() });
  }

  /**
   * Resolves once it is RUNNING.
   *
   * @throws {SupervisorError} SPAWN_ERROR after the first failed attempt, even if it will be
   *   tried again; ABNORMAL_TERMINATION if it is neither starting nor running
   */
  whenStarted(): Promise<void> {
    return this.#watchers.when(() => {
      const { state, spawnError } = this.facts;
      if (this.#isToBeGivenUp) return false;
      if (spawnError !== null) throw new SupervisorError('SPAWN_ERROR', this.name);
      if (state !== 'STARTING' && state !== 'RUNNING') {
        throw new SupervisorError('ABNORMAL_TERMINATION', this.name);
      }
      return state === 'RUNNING';
    });
  }

  /**
   * Begins to stop it: sends its stop signal, and SIGKILL if it is still there after stopWaitSeconds.
   *
   * @throws {SupervisorError} NOT_RUNNING, also while it is stopping already; FAILED
   */
  beginStop(): void {
    if (!this.isRunning) throw new SupervisorError('NOT_RUNNING', this.name);
    this.#stopReports.reset();
    this.#machine.take({ type: 'stop' });
  }

  /** Resolves once it has been reaped and its last output is in its log. */
  async whenStopped(): Promise<void> {
    if (this.isStopped) return;
    const endReports = this.#stopReports.begin();
    await this.whenEnded();
    endReports();
  }

  /** Resolves once it has stopped, without a word in the log about the wait. */
  whenEnded(): Promise<void> {
    return this.#watchers.when(() => this.isStopped);
  }

  /** Stops it because the whole supervisor goes down; what waits for a retry is given up. */
  shutDown(): void {
    if (this.state === 'BACKOFF') this.#machine.take({ type: 'give-up' });
    else if (this.isRunning) this.beginStop();
  }

  /** No more time: SIGKILL, whatever its stopWaitSeconds. */
  kill(): void {
    this.#machine.take({ type: 'kill' });
  }

  /**
   * Sends it a signal, by number or name (`HUP`, `SIGHUP`); 0 only tests whether it is there.
   *
   * @throws {SupervisorError} BAD_SIGNAL, NOT_RUNNING, FAILED
   */
  signal(sent: number | string): void {
    sendSignal(this, this.#effects, sent);
  }

  /**
   * Writes to its standard input; what its pipe does not take yet is kept in order.
   *
   * @throws {SupervisorError} NOT_RUNNING if it is not there or is being stopped, NO_FILE if
   *   it has closed its input or has none (FastCGI)
   */
  write(data: string | Uint8Array): void {
    if (this.pid === 0 || this.state === 'STOPPING') {
      throw new SupervisorError('NOT_RUNNING', this.name);
    }
    const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
    if (!this.writeStdin(bytes)) throw new SupervisorError('NO_FILE', this.name);
  }

  /** Whether something that was written to its stdin still waits for it to read. */
  get isStdinClogged(): boolean {
    return this.#effects.isStdinClogged;
  }

  /** @returns false if nobody can read it any more */
  writeStdin(data: Buffer): boolean {
    return this.#effects.writeStdin(data);
  }

  /** Takes the end of its child, which has been waited for. */
  collect(status: number): void {
    this.#machine.take(this.#effects.collect(status));
  }

  /** Closes what is open on its behalf; for one that is not running any more, and will not again. */
  close(): void {
    this.#isClosed = true;
    this.#machine.close();
    this.#context.readers.close();
    this.#watchers.close(new SupervisorError('BAD_NAME', `${this.name} has been removed`));
    this.#context.logs.stdout.close();
    this.#context.logs.stderr.close();
  }

  reopenLogs(): void {
    if (this.pid === 0) return;
    this.#context.logs.stdout.reopen();
    this.#context.logs.stderr.reopen();
  }

  /** It has failed once too often, and is FATAL in a moment. */
  get #isToBeGivenUp(): boolean {
    return this.state === 'BACKOFF' && areRetriesSpent(this.facts, this.config);
  }

  #maySupervise(): boolean {
    return !this.#isClosed && this.#context.isSupervising();
  }
}
