import type { Cancel, Clock } from '../clock.ts';
import type { Effect, Policy, ProcessEvent, TimerEvent } from './events-and-effects.ts';
import { neverStarted } from './facts.ts';
import type { Facts } from './facts.ts';
import type { StartPace } from './start-pace.ts';
import { transition } from './transition.ts';

/** What the machine cannot do by itself. */
export type WorldEffect = Exclude<Effect, { type: 'set-timer' | 'again' }>;

export interface MachineOptions {
  readonly clock: Clock;
  /** Asked anew for each event. */
  readonly policy: () => Policy;
  /** `pid` is the one before the step, or else the one after it. */
  readonly perform: (effect: WorldEffect, pid: number) => void;
  /** Takes what has happened and was not heard of yet. */
  readonly catchUp?: () => void;
  /** Spreads the starts by which this and others begin anew. */
  readonly startPace?: StartPace | undefined;
}

/** Timers that end with a start. */
const starting: ReadonlySet<TimerEvent> = new Set(['backoff-elapsed', 'restart-due']);

/**
 * Runs the table of transition.ts for one process: keeps its facts, its one timer and the events
 * that wait. Takes an event, stores the next facts, and has the effects performed in order.
 */
export class Machine {
  readonly #options: MachineOptions;
  #facts: Facts = neverStarted;
  readonly #waiting: ProcessEvent[] = [];
  #isRunning = false;
  #cancelTimer: Cancel | undefined;
  #isClosed = false;

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** An event from outside. One that an effect has led somebody to ask for comes after all that waits. */
  take(event: ProcessEvent): void {
    this.#waiting.push(event);
    this.#run();
  }

  /** What came of performing an effect: before all that waits. */
  react(...events: readonly ProcessEvent[]): void {
    this.#waiting.unshift(...events);
    this.#run();
  }

  /** Nothing happens by itself any more, nor does a step that is under way see to that. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#step(next);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  #step(event: ProcessEvent): void {
    const before = this.#facts;
    const [next, effects] = transition(before, event, this.#options.policy());
    this.#facts = next;
    if (next.state !== before.state) this.#endTimer();
    for (const effect of effects) this.#perform(effect, before.pid || next.pid);
  }

  #perform(effect: Effect, pid: number): void {
    if (effect.type === 'set-timer') this.#setTimer(effect.fires, effect.seconds);
    else if (effect.type === 'again') this.react(effect.event);
    else this.#options.perform(effect, pid);
  }

  #endTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #setTimer(fires: TimerEvent, seconds: number): void {
    this.#endTimer();
    if (this.#isClosed) return;
    const { clock, catchUp } = this.#options;
    const pace = starting.has(fires) ? this.#options.startPace : undefined;
    const cancel = clock.after(seconds * 1000, () => {
      // After a stall timers run before signals are heard: an exit that came in time counts first.
      catchUp?.();
      if (this.#cancelTimer !== cancel) return;
      const waitMs = pace?.waitMs ?? 0;
      if (waitMs > 0) {
        this.#setTimer(fires, waitMs / 1000);
        return;
      }
      // It is over: nothing is to keep it in memory.
      this.#cancelTimer = undefined;
      this.take({ type: fires, at: clock.now() });
      pace?.started();
    });
    this.#cancelTimer = cancel;
  }
}
