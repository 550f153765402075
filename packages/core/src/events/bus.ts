import type { Cancel } from '../clock.ts';
import { coveredTypes } from './hierarchy.ts';
import type { EventName, EventOf } from './hierarchy.ts';
import type { EventType, SupervisorEvent } from './types.ts';

export type EventListener<N extends EventName = 'EVENT'> = (
  event: EventOf<N>,
) => void | Promise<void>;

/** Told what a subscriber threw, or what its promise was rejected with. */
export type ListenerFailed = (error: unknown, event: SupervisorEvent) => void;

interface Subscription {
  readonly run: (event: SupervisorEvent) => void | Promise<void>;
  cancelled: boolean;
}

interface Demand {
  readonly types: ReadonlySet<EventType>;
  readonly changed: () => void;
}

/**
 * Brings events to whoever subscribed. All subscribers see all events in the same order: one
 * emitted by a subscriber goes out after the one that it was told of.
 */
export class EventBus {
  // Never changed in place, so that a round in progress is not disturbed.
  readonly #subscriptions = new Map<EventType, readonly Subscription[]>();
  readonly #demands = new Set<Demand>();
  readonly #waiting: SupervisorEvent[] = [];
  #emitting = false;
  readonly #failed: ListenerFailed;

  constructor(failed: ListenerFailed) {
    this.#failed = failed;
  }

  /** Whether anybody would be told: asked before wording a costly event. */
  wants(type: EventType): boolean {
    return this.#subscriptions.has(type);
  }

  /**
   * Tells `listener` of every event of these names, a parent standing for all below it. A listener
   * is told once of an event however many of the names cover it.
   */
  subscribe<N extends EventName>(
    names: N | readonly N[],
    listener: EventListener<NoInfer<N>>,
  ): Cancel {
    const types = coveredTypes(typeof names === 'string' ? [names] : names);
    const subscription: Subscription = {
      // Sound: it is only told of types that its names cover.
      run: listener as unknown as Subscription['run'],
      cancelled: false,
    };
    this.#change(types, (current) => [...current, subscription]);
    return () => {
      if (subscription.cancelled) return;
      subscription.cancelled = true;
      this.#change(types, (current) => current.filter((other) => other !== subscription));
    };
  }

  /** Calls `changed` whenever the first subscriber to one of these types has come or the last has gone. */
  watchDemand(types: Iterable<EventType>, changed: () => void): Cancel {
    const demand: Demand = { types: new Set(types), changed };
    this.#demands.add(demand);
    return () => this.#demands.delete(demand);
  }

  emit(event: SupervisorEvent): void {
    if (!this.#subscriptions.has(event.type)) return;
    this.#waiting.push(event);
    if (this.#emitting) return;
    this.#emitting = true;
    try {
      // Grows while it is walked.
      for (const next of this.#waiting) this.#deliver(next);
    } finally {
      this.#waiting.length = 0;
      this.#emitting = false;
    }
  }

  #deliver(event: SupervisorEvent): void {
    for (const subscription of this.#subscriptions.get(event.type) ?? []) {
      if (!subscription.cancelled) this.#tell(subscription, event);
    }
  }

  #tell(subscription: Subscription, event: SupervisorEvent): void {
    try {
      const told = subscription.run(event);
      if (told !== undefined) told.then(undefined, (error) => this.#report(error, event));
    } catch (error) {
      this.#report(error, event);
    }
  }

  #report(error: unknown, event: SupervisorEvent): void {
    try {
      this.#failed(error, event);
    } catch {
      // Reporting has failed as well: there is nobody left to tell, and the others still wait.
    }
  }

  #change(
    types: ReadonlySet<EventType>,
    next: (current: readonly Subscription[]) => readonly Subscription[],
  ): void {
    const turned: EventType[] = [];
    for (const type of types) {
      const before = this.#subscriptions.get(type) ?? [];
      const after = next(before);
      if (after.length === 0) this.#subscriptions.delete(type);
      else this.#subscriptions.set(type, after);
      if ((before.length === 0) !== (after.length === 0)) turned.push(type);
    }
    for (const { types: watched, changed } of this.#demands) {
      if (turned.some((type) => watched.has(type))) changed();
    }
  }
}
