import type { LogLevelName, ProcessConfig } from '@tsvisor/config';

import { SpawnError, errorCode, errorText } from '../errors.ts';
import { Child } from './child.ts';
import { resolveCommand } from './command.ts';
import type { ResolvedCommand } from './command.ts';
import type { ProcessContext } from './context.ts';
import type { ProcessEvent } from './events-and-effects.ts';
import { exitStatus } from './exit-status.ts';
import type { Machine, WorldEffect } from './machine.ts';
import { sayingText } from './sayings.ts';
import { stateEvent } from './state-event.ts';

/** The exit of a child that could not be set up (process.md §5). */
const NOT_SPAWNED = 127 << 8;

/** Performs what the machine of a process decides: its child, signals, events, lines of the log. */
export class ProcessEffects {
  readonly #config: ProcessConfig;
  readonly #context: ProcessContext;
  readonly #machine: Pick<Machine, 'facts' | 'react'>;
  readonly #announced: () => void;
  #child: Child | undefined;
  /** When it was last started, by the clock that never steps back. */
  #startedMs = 0;

  /** @param announced called when everybody has been told of a new state */
  constructor(
    config: ProcessConfig,
    context: ProcessContext,
    machine: Pick<Machine, 'facts' | 'react'>,
    announced: () => void,
  ) {
    this.#config = config;
    this.#context = context;
    this.#machine = machine;
    this.#announced = announced;
  }

  /** Since its last start. */
  get elapsedMs(): number {
    return this.#context.clock.monotonic() - this.#startedMs;
  }

  perform(effect: WorldEffect, pid: number): void {
    switch (effect.type) {
      case 'announce':
        this.#announce(effect, pid);
        break;
      case 'spawn':
        this.#spawn();
        break;
      case 'signal':
        this.#sendStopSignal(pid, effect.signal, effect.wholeGroup);
        break;
      case 'tell-gone':
        this.#context.changed();
        break;
      case 'say':
        this.say(...sayingText(effect.what, { ...this.#config, pid }));
        break;
    }
  }

  /** @throws {SpawnError} */
  resolveCommand(): ResolvedCommand {
    const { command, environment } = this.#config;
    return resolveCommand(command, environment['PATH'], this.#context.ownPrograms);
  }

  get isStdinClogged(): boolean {
    return this.#child?.isStdinClogged ?? false;
  }

  /** @returns false if nobody can read it any more */
  writeStdin(data: Buffer): boolean {
    return this.#child?.writeStdin(data) ?? false;
  }

  /** The child has been waited for: takes its last output, and says how it ended. */
  collect(status: number): ProcessEvent {
    const ranSeconds = this.elapsedMs / 1000;
    const isStillborn = this.#child?.isStillborn === true;
    this.#child?.finish();
    this.#child = undefined;
    const at = this.#context.clock.now();
    return isStillborn
      ? { type: 'exited', at, ranSeconds: 0, status: exitStatus(NOT_SPAWNED) }
      : { type: 'exited', at, ranSeconds, status: exitStatus(status) };
  }

  /** That nobody is there is only a line in the log; any other failure makes the state UNKNOWN. */
  kill(target: number, signal: number, texts: { gone: string; failed: string }): void {
    // 0 would be our own process group.
    if (target === 0) return;
    // Collected while others were told of something: the pid may be another's by now.
    if (this.#child === undefined) {
      this.say('debug', `${texts.gone}: [Errno 3] No such process`);
      return;
    }
    try {
      this.#context.kernel.kill(target, signal);
    } catch (error) {
      if (errorCode(error) === 'ESRCH') {
        this.say('debug', `${texts.gone}: [Errno 3] No such process`);
        return;
      }
      this.say('critical', `${texts.failed}: ${errorText(error)}`);
      this.#machine.react({ type: 'signal-failed' });
    }
  }

  say(level: LogLevelName, text: string): void {
    this.#context.logger.log(level, text);
  }

  #announce(effect: Extract<WorldEffect, { type: 'announce' }>, pid: number): void {
    const process = { name: this.#config.name, group: this.#context.group };
    const tries = this.#machine.facts.backoff;
    this.#context.events.emit(stateEvent(process, effect, { pid, tries }));
    this.#context.changed();
    this.#announced();
  }

  #spawn(): void {
    const { name } = this.#config;
    this.#startedMs = this.#context.clock.monotonic();
    try {
      const child = Child.spawn(
        this.resolveCommand(),
        this.#config,
        this.#context,
        () => this.#machine.facts.state,
      );
      this.#child = child;
      this.say('info', `spawned: '${name}' with pid ${child.pid}`);
      child.sayLastWords();
      this.#machine.react({ type: 'spawned', pid: child.pid });
      this.#context.spawned(child.pid);
    } catch (error) {
      const why = error instanceof SpawnError ? error.why : errorText(error);
      if (!(error instanceof SpawnError)) {
        this.say('critical', `internal error while spawning '${name}': ${errorText(error)}`);
      }
      this.#machine.react({ type: 'spawn-failed', why });
    }
  }

  #sendStopSignal(pid: number, signal: number, wholeGroup: boolean): void {
    const { name } = this.#config;
    this.kill(wholeGroup ? -pid : pid, signal, {
      gone: `unable to signal ${name} (pid ${pid}), it probably just exited on its own`,
      failed: `unknown problem killing ${name} (${pid})`,
    });
  }
}
