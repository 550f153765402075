import type { LogLevelName, ProcessConfig } from '@tsvisor/config';
import { signalName } from '@tsvisor/config';

import type { Cancel } from '../clock.ts';
import { SpawnError, SupervisorError, errorCode, errorText } from '../errors.ts';
import type { Channel } from '../events/types.ts';
import type { ChildLog } from '../logs/child-log.ts';
import { Child } from './child.ts';
import { CommandNotFound, resolveCommand } from './command.ts';
import type { ResolvedCommand } from './command.ts';
import type { ProcessContext } from './context.ts';
import { exitStatus } from './exit-status.ts';
import { processInfo } from './info.ts';
import type { ProcessInfo } from './info.ts';
import { sayingText } from './sayings.ts';
import { stateEvent } from './state-event.ts';
import { isRunning, isSignallable, isStopped } from './states.ts';
import type { ProcessState } from './states.ts';
import { StopReports } from './stop-reports.ts';
import { neverStarted, transition } from './transition.ts';
import type { Effect, Facts, Policy, ProcessEvent, TimerEvent } from './transition.ts';
import { Watchers } from './watchers.ts';

/** The exit of a child that could not be set up (process.md §5). */
const NOT_SPAWNED = 127 << 8;

/**
 * One supervised process, over all its lives. The only impure part of its machine: takes an
 * event, asks `transition`, stores the facts, and performs the effects in order.
 */
export class Process {
  readonly config: ProcessConfig;
  readonly #context: ProcessContext;
  #facts: Facts = neverStarted;
  #child: Child | undefined;
  /** When it was last started, by the clock that never steps back. */
  #startedMs = 0;
  #cancelTimer: Cancel | undefined;
  readonly #events: ProcessEvent[] = [];
  #performing = false;
  readonly #watchers = new Watchers();
  readonly #stopReports: StopReports;

  constructor(config: ProcessConfig, context: ProcessContext) {
    this.config = config;
    this.#context = context;
    this.#stopReports = new StopReports(context.clock, () =>
      this.#say('info', `waiting for ${config.name} to stop`),
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
    return this.#facts.state;
  }

  /** 0: none. */
  get pid(): number {
    return this.#facts.pid;
  }

  get facts(): Facts {
    return this.#facts;
  }

  get isStopped(): boolean {
    return isStopped(this.state);
  }

  get isRunning(): boolean {
    return isRunning(this.state);
  }

  /** Whether the supervisor is to start it by itself: never after a first start, whatever came of it. */
  get isDueToAutostart(): boolean {
    return this.config.autostart && this.state === 'STOPPED' && this.#facts.startedAt === 0;
  }

  info(): ProcessInfo {
    const { clock, logs } = this.#context;
    return processInfo({
      name: this.name,
      group: this.group,
      facts: this.#facts,
      stdoutLogfile: logs.stdout.path ?? '',
      stderrLogfile: logs.stderr.path ?? '',
      now: clock.now(),
      uptimeMs: clock.monotonic() - this.#startedMs,
    });
  }

  log(channel: Channel): ChildLog {
    return this.#context.logs[channel];
  }

  /**
   * Starts it; `whenStarted` tells how that goes on. On one that is stopping nothing happens
   * but a line in the log (process.md §3).
   *
   * @throws {SupervisorError} NO_FILE, NOT_EXECUTABLE (even if it runs already),
   *   ALREADY_STARTED, FAILED, SPAWN_ERROR
   */
  start(): void {
    this.#refuseBadCommand();
    const { name } = this;
    const { clock } = this.#context;
    if (this.isRunning) throw new SupervisorError('ALREADY_STARTED', name);
    if (this.state === 'UNKNOWN') {
      throw new SupervisorError('FAILED', `${name} is in an unknown process state`);
    }
    if (this.state === 'STOPPING') {
      this.#say('warn', `process '${name}' already running`);
      return;
    }
    this.#dispatch({ type: 'start', at: clock.now() });
    if (this.#facts.spawnError !== null) throw new SupervisorError('SPAWN_ERROR', name);
    // Whoever asked is told of RUNNING in the same answer.
    if (this.config.startSeconds <= 0) this.#dispatch({ type: 'stayed-up', at: clock.now() });
  }

  /** As `start`, for a process that is due by itself: what goes wrong becomes its state. */
  autostart(): void {
    if (this.isDueToAutostart) this.#dispatch({ type: 'start', at: this.#context.clock.now() });
  }

  /**
   * Resolves once it is RUNNING.
   *
   * @throws {SupervisorError} SPAWN_ERROR after the first failed attempt, even if it will be
   *   tried again; ABNORMAL_TERMINATION if it is neither starting nor running
   */
  whenStarted(): Promise<void> {
    return this.#watchers.when(() => {
      const { state, spawnError } = this.#facts;
      if (spawnError !== null) throw new SupervisorError('SPAWN_ERROR', this.name);
      if (state !== 'STARTING' && state !== 'RUNNING') {
        throw new SupervisorError('ABNORMAL_TERMINATION', this.name);
      }
      return state === 'RUNNING';
    });
  }

  /**
   * Sends its stop signal, and SIGKILL if it is still there after stopWaitSeconds.
   *
   * @throws {SupervisorError} NOT_RUNNING, also while it is stopping already; FAILED
   */
  stop(): void {
    if (!this.isRunning) throw new SupervisorError('NOT_RUNNING', this.name);
    this.#stopReports.reset();
    this.#dispatch({ type: 'stop' });
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
    if (this.state === 'BACKOFF') this.#dispatch({ type: 'give-up' });
    else if (this.isRunning) this.stop();
  }

  /**
   * Sends it a signal; 0 only tests whether it is there.
   *
   * @throws {SupervisorError} NOT_RUNNING, FAILED
   */
  signal(signal: number): void {
    const { name, pid } = this;
    if (!isSignallable(this.state) || pid === 0) throw new SupervisorError('NOT_RUNNING', name);
    const shown = signalName(signal);
    this.#say('debug', `sending ${name} (pid ${pid}) sig ${shown}`);
    this.#kill(pid, signal, {
      gone: `unable to signal ${name} (pid ${pid}), it probably just now exited on its own`,
      failed: `unknown problem sending sig ${name} (${pid})`,
    });
    if (this.state === 'UNKNOWN') {
      throw new SupervisorError('FAILED', `unknown problem sending sig ${name} (${pid})`);
    }
  }

  /**
   * Writes to its standard input; what its pipe does not take yet is kept in order.
   *
   * @throws {SupervisorError} NOT_RUNNING if it is not there or is being stopped, NO_FILE if
   *   it has closed its input or has none (FastCGI)
   */
  sendStdin(data: Buffer): void {
    if (this.pid === 0 || this.state === 'STOPPING') {
      throw new SupervisorError('NOT_RUNNING', this.name);
    }
    if (!this.writeStdin(data)) throw new SupervisorError('NO_FILE', this.name);
  }

  /** @returns false if nobody can read it any more */
  writeStdin(data: Buffer): boolean {
    return this.#child?.writeStdin(data) ?? false;
  }

  /** Takes the end of its child, which has been waited for. */
  collect(status: number): void {
    const { clock } = this.#context;
    const ranSeconds = (clock.monotonic() - this.#startedMs) / 1000;
    this.#child?.finish();
    this.#child = undefined;
    this.#dispatch({ type: 'exited', at: clock.now(), ranSeconds, status: exitStatus(status) });
  }

  /** Closes what is open on its behalf; for one that is not running any more. */
  close(): void {
    this.#cancelTimer?.();
    this.#context.logs.stdout.close();
    this.#context.logs.stderr.close();
  }

  reopenLogs(): void {
    if (this.pid === 0) return;
    this.#context.logs.stdout.reopen();
    this.#context.logs.stderr.reopen();
  }

  #refuseBadCommand(): void {
    try {
      this.#resolveCommand();
    } catch (error) {
      if (!(error instanceof SpawnError)) throw error;
      const code = error instanceof CommandNotFound ? 'NO_FILE' : 'NOT_EXECUTABLE';
      throw new SupervisorError(code, error.why);
    }
  }

  #resolveCommand(): ResolvedCommand {
    return resolveCommand(this.config.command, this.config.environment['PATH']);
  }

  #dispatch(event: ProcessEvent): void {
    this.#events.push(event);
    // A handler of what this announces may ask for more: that comes after.
    if (this.#performing) return;
    this.#performing = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        this.#step(next);
      }
    } finally {
      this.#performing = false;
    }
  }

  #step(event: ProcessEvent): void {
    const before = this.#facts;
    const [next, effects] = transition(before, event, this.#policy());
    this.#facts = next;
    if (next.state !== before.state) this.#cancelTimer?.();
    for (const effect of effects) this.#perform(effect, before.pid || next.pid);
  }

  #policy(): Policy {
    return { ...this.config, supervising: this.#context.isSupervising() };
  }

  #perform(effect: Effect, pid: number): void {
    switch (effect.type) {
      case 'announce':
        this.#announce(effect, pid);
        break;
      case 'spawn':
        this.#spawn();
        break;
      case 'set-timer':
        this.#setTimer(effect.fires, effect.seconds);
        break;
      case 'signal':
        this.#sendStopSignal(pid, effect.signal, effect.wholeGroup);
        break;
      case 'again':
        this.#events.unshift(effect.event);
        break;
      case 'say':
        this.#say(
          ...sayingText(effect.what, {
            name: this.name,
            pid,
            startSeconds: this.config.startSeconds,
          }),
        );
        break;
    }
  }

  #announce(effect: Extract<Effect, { type: 'announce' }>, pid: number): void {
    const process = { name: this.name, group: this.group };
    this.#context.events.emit(stateEvent(process, effect, { pid, tries: this.#facts.backoff }));
    this.#context.changed();
    this.#watchers.notify();
  }

  #spawn(): void {
    const { clock, logger } = this.#context;
    this.#startedMs = clock.monotonic();
    try {
      const child = Child.spawn(this.#resolveCommand(), this.config, this.#context);
      this.#child = child;
      this.#say('info', `spawned: '${this.name}' with pid ${child.pid}`);
      this.#events.unshift({ type: 'spawned', pid: child.pid });
      if (child.isStillborn) this.#takeStillborn(child);
      else this.#context.spawned(child.pid);
    } catch (error) {
      const why = error instanceof SpawnError ? error.why : errorText(error);
      if (!(error instanceof SpawnError)) {
        logger.log('critical', `internal error while spawning '${this.name}': ${errorText(error)}`);
      }
      this.#events.unshift({ type: 'spawn-failed', why });
    }
  }

  /** It never came to execute its command: as if it had exited at once, with its text on its stderr. */
  #takeStillborn(child: Child): void {
    child.finish();
    this.#child = undefined;
    const at = this.#context.clock.now();
    const exited = { type: 'exited', at, ranSeconds: 0, status: exitStatus(NOT_SPAWNED) } as const;
    this.#events.splice(1, 0, exited);
  }

  #setTimer(fires: TimerEvent, seconds: number): void {
    this.#cancelTimer?.();
    const { clock } = this.#context;
    this.#cancelTimer = clock.after(seconds * 1000, () =>
      this.#dispatch({ type: fires, at: clock.now() }),
    );
  }

  #sendStopSignal(pid: number, signal: number, wholeGroup: boolean): void {
    const { name } = this;
    this.#kill(wholeGroup ? -pid : pid, signal, {
      gone: `unable to signal ${name} (pid ${pid}), it probably just exited on its own`,
      failed: `unknown problem killing ${name} (${pid})`,
    });
  }

  #kill(target: number, signal: number, texts: { gone: string; failed: string }): void {
    // 0 would be our own process group.
    if (target === 0) return;
    try {
      this.#context.kernel.kill(target, signal);
    } catch (error) {
      if (errorCode(error) === 'ESRCH') {
        this.#say('debug', `${texts.gone}: [Errno 3] No such process`);
        return;
      }
      this.#say('critical', `${texts.failed}: ${errorText(error)}`);
      const failed = { type: 'signal-failed' } as const;
      if (this.#performing) this.#events.unshift(failed);
      else this.#dispatch(failed);
    }
  }

  #say(level: LogLevelName, text: string): void {
    this.#context.logger.log(level, text);
  }
}
