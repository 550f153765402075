import type { Cancel } from '../clock.ts';
import type { ListenOptions, StreamOptions } from '../embed/options.ts';
import { SupervisorError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { Reading } from '../feed.ts';
import { tolerated } from '../tolerated.ts';
import { coveredTypes, isEventName } from './hierarchy.ts';
import type { EventName, EventOf } from './hierarchy.ts';
import type { EventType, SupervisorEvent } from './types.ts';

/** What it returns means nothing, but that a promise may fail as it may itself. */
export type EventListener<N extends EventName = 'EVENT'> = (event: EventOf<N>) => unknown;

/** Told what a subscriber threw, or what its promise was rejected with. */
export type ListenerFailed = (error: unknown, event: SupervisorEvent) => void;

const MOST_WAITING = 1000;

interface Subscription {
  readonly run: (event: SupervisorEvent) => unknown;
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
  #isClosed = false;
  /** Of those that wait for something to come. */
  readonly #closers = new Set<() => void>();
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
   *
   * @throws {SupervisorError} BAD_ARGUMENTS if there is no event of a name
   */
  subscribe<N extends EventName>(
    names: N | readonly N[],
    listener: EventListener<NoInfer<N>>,
    signal?: AbortSignal,
  ): Cancel {
    const named = typeof names === 'string' ? [names] : names;
    const unknown = named.find((name) => !isEventName(name));
    if (unknown !== undefined) {
      throw new SupervisorError('BAD_ARGUMENTS', `there is no event ${unknown}`);
    }
    if (signal?.aborted === true) return () => undefined;
    const types = coveredTypes(named);
    const subscription: Subscription = {
      // Sound: it is only told of types that its names cover.
      run: listener as unknown as Subscription['run'],
      cancelled: false,
    };
    const cancel = (): void => {
      if (subscription.cancelled) return;
      subscription.cancelled = true;
      signal?.removeEventListener('abort', cancel);
      this.#change(types, (current) => current.filter((other) => other !== subscription));
    };
    this.#change(types, (current) => [...current, subscription]);
    signal?.addEventListener('abort', cancel, { once: true });
    return cancel;
  }

  /**
   * The next event of these names.
   *
   * @throws the signal's reason; SupervisorError SHUTDOWN_STATE once none can come any more
   */
  next<N extends EventName>(
    names: N | readonly N[],
    { signal }: ListenOptions = {},
  ): Promise<EventOf<N>> {
    const next = new Promise<EventOf<N>>((resolve, reject) => {
      const over = (why: unknown): void => {
        cancel();
        this.#closers.delete(closed);
        signal?.removeEventListener('abort', aborted);
        reject(why as Error);
      };
      const aborted = (): void => over(signal!.reason);
      const closed = (): void =>
        over(new SupervisorError('SHUTDOWN_STATE', `there will be no ${String(names)} any more`));
      const cancel = this.subscribe<N>(names, (event) => {
        resolve(event as EventOf<N>);
        over(undefined);
      });
      this.#closers.add(closed);
      if (signal?.aborted === true) aborted();
      else if (this.#isClosed) closed();
      else signal?.addEventListener('abort', aborted, { once: true });
    });
    return tolerated(next);
  }

  /** The events of these names from now on; a slow reader holds up nobody, and misses the oldest. */
  stream<N extends EventName>(
    names: N | readonly N[],
    { signal, maxBuffered: most = MOST_WAITING, missed }: StreamOptions = {},
  ): Reading<EventOf<N>> {
    let stop = (): void => undefined;
    const feed = new Feed<EventOf<N>>({ most, signal, missed, ended: () => stop() });
    if (feed.isOver) return feed;
    const end = (): void => feed.end();
    const cancel = this.subscribe<N>(names, (event) => feed.push(event as EventOf<N>));
    this.#closers.add(end);
    stop = () => {
      cancel();
      this.#closers.delete(end);
    };
    if (this.#isClosed) end();
    return feed;
  }

  /** Ends all that is read by `next` and `stream`; subscriptions are their owners' to cancel. */
  close(): void {
    this.#isClosed = true;
    for (const close of this.#closers) close();
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
      if (isThenable(told)) told.then(undefined, (error) => this.#report(error, event));
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

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
