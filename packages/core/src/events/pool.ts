import type { Cancel } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { Watchers } from '../process/watchers.ts';
import type { EventBus } from './bus.ts';
import { envelope } from './envelope.ts';
import { EventBuffer } from './event-buffer.ts';
import type { EventName } from './hierarchy.ts';
import { exited, freshListener, received, sent } from './listener.ts';
import type { ListenerFacts, ListenerState, ListenerStep, Verdict } from './listener.ts';
import { defaultResultHandler, judgedBy } from './result-handlers.ts';
import type { ResultHandler } from './result-handlers.ts';
import { listenerLine, poolLine } from './sayings.ts';
import type { Line, PoolSaying } from './sayings.ts';
import { Counter } from './serials.ts';
import type { Serials } from './serials.ts';
import type { SupervisorEvent } from './types.ts';

/** A process of a pool, as far as the pool is concerned. */
export interface PoolMember {
  readonly name: string;
  /** Whether its process state is RUNNING. */
  isRunning(): boolean;
  /** Whether it has not read yet what it was sent, and its pipe is full. */
  isClogged(): boolean;
  /** Queues on its stdin, without waiting; `broken` if nothing can be read there any more (EPIPE). */
  write(data: Buffer): 'written' | 'broken';
}

export interface EventPoolOptions<M extends PoolMember> {
  readonly name: string;
  readonly events: readonly EventName[];
  readonly bufferSize: number;
  /** In the order in which they are given events: by priority, then name. */
  readonly members: readonly M[];
  readonly resultHandler?: ResultHandler | undefined;
  /** The identifier of this supervisord. */
  readonly server: string;
  readonly bus: EventBus;
  readonly serials: Serials;
  readonly logger: Logger;
  /** Runs something once the input at hand has been dealt with; setImmediate by default. */
  readonly defer?: (run: () => void) => void;
  /** A listener has been given an event while others wait: its answer is wanted soon. */
  readonly hurry?: () => void;
  /** A listener has violated the protocol: it gets no event until its process is restarted. */
  readonly enteredUnknown?: (member: M) => void;
}

interface Numbered {
  readonly event: SupervisorEvent;
  readonly serial: number;
  readonly poolSerial: number;
}

interface Seat {
  facts: ListenerFacts;
  inHand: Numbered | undefined;
}

/**
 * The events that wait for the processes of one `[eventlistener:x]`. Each event goes to the first
 * process that is RUNNING and READY; when all are at work it waits, and the oldest make room
 * (events.md §8). It subscribes when made, so that a pool sees its own PROCESS_GROUP_ADDED.
 */
export class EventPool<M extends PoolMember = PoolMember> {
  readonly name: string;
  readonly #options: EventPoolOptions<M>;
  readonly #handler: ResultHandler;
  readonly #defer: (run: () => void) => void;
  readonly #seats: ReadonlyMap<M, Seat>;
  readonly #buffer: EventBuffer<Numbered>;
  readonly #poolSerials = new Counter();
  readonly #unsubscribe: Cancel;
  readonly #watchers = new Watchers();
  #isDispatchDue = false;
  #isClosed = false;

  constructor(options: EventPoolOptions<M>) {
    this.name = options.name;
    this.#options = options;
    this.#handler = options.resultHandler ?? defaultResultHandler;
    this.#defer = options.defer ?? setImmediate;
    this.#buffer = new EventBuffer(options.bufferSize, ({ serial }) =>
      this.#say({ type: 'overflowed', serial }),
    );
    this.#seats = new Map(options.members.map((member) => [member, freshSeat()]));
    this.#unsubscribe = options.bus.subscribe(options.events, (event) => this.#accept(event));
  }

  /** How many events it keeps at most. */
  get bufferSize(): number {
    return this.#options.bufferSize;
  }

  /** Events that wait for a listener. */
  get buffered(): number {
    return this.#buffer.length;
  }

  /** Events that were dropped, ever, because the buffer was full. */
  get discarded(): number {
    return this.#buffer.discarded;
  }

  /** Whether somebody works on an event, or may yet take one of those that wait. */
  get isAtWork(): boolean {
    return this.#options.members.some((member) => {
      const { state } = this.#seat(member).facts;
      if (!member.isRunning() || state === 'UNKNOWN') return false;
      return state === 'BUSY' || this.#buffer.length > 0;
    });
  }

  /** Resolves once it is not at work. */
  whenSettled(): Promise<void> {
    return this.#watchers.when(() => !this.isAtWork);
  }

  listenerState(member: M): ListenerState {
    return this.#seat(member).facts.state;
  }

  /** A process has been spawned: whatever its predecessor said is void. */
  spawned(member: M): void {
    this.exited(member);
  }

  /** A process that may have said READY before has become RUNNING, or has emptied its pipe. */
  mayTakeEvents(): void {
    this.#scheduleDispatch();
  }

  /** A process has written to its stdout. The chunk is not kept. */
  received(member: M, chunk: Uint8Array): void {
    const seat = this.#seat(member);
    const before = seat.facts.state;
    const judge = (result: Buffer): Verdict => judgedBy(this.#handler, eventOf(seat), result);
    this.#take(member, received(seat.facts, chunk, judge));
    const { state } = seat.facts;
    if (state === 'READY') this.#scheduleDispatch();
    if (state === 'UNKNOWN' && before !== 'UNKNOWN') this.#options.enteredUnknown?.(member);
  }

  /** A process has been reaped, and its exit announced: its event goes to another one. */
  exited(member: M): void {
    this.#take(member, exited(this.#seat(member).facts));
  }

  /** The group is removed: what waits in the buffer vanishes. */
  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#buffer.clear();
  }

  #take(member: M, [next, effects]: ListenerStep): void {
    const seat = this.#seat(member);
    seat.facts = next;
    for (const effect of effects) {
      if (effect.type === 'say') {
        this.#log(listenerLine(effect.what, member.name));
        continue;
      }
      const { inHand } = seat;
      seat.inHand = undefined;
      if (effect.type === 'requeue' && inHand !== undefined) this.#requeue(inHand);
    }
    this.#watchers.notify();
  }

  #accept(event: SupervisorEvent): void {
    const serial = this.#options.serials.of(event);
    const accepted = { event, serial, poolSerial: this.#poolSerials.take() };
    // Events come in bursts: nothing is dropped while somebody is free to take it.
    if (this.#buffer.isFull) this.#dispatch();
    this.#buffer.add(accepted);
    this.#scheduleDispatch();
  }

  #requeue(rejected: Numbered): void {
    if (this.#isClosed) return;
    this.#sayRebuffering(rejected);
    this.#buffer.addAgain(rejected);
    this.#scheduleDispatch();
  }

  /**
   * Later, and not at once: a listener may be READY only until the end of the chunk that says so,
   * and one that rejects everything must leave the event loop its turns.
   */
  #scheduleDispatch(): void {
    if (this.#isDispatchDue || this.#buffer.length === 0 || !this.#isAnyoneFree()) return;
    this.#isDispatchDue = true;
    this.#defer(() => {
      this.#isDispatchDue = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (!this.#isAnyoneFree()) return;
    for (let next = this.#buffer.takeFirst(); next !== undefined; next = this.#buffer.takeFirst()) {
      if (this.#send(next)) continue;
      this.#sayRebuffering(next);
      this.#buffer.putBack(next);
      return;
    }
  }

  #isAnyoneFree(): boolean {
    return this.#options.members.some((member) => this.#isFree(member));
  }

  #isFree(member: M): boolean {
    // One that acknowledges without reading would have ever more waiting for it.
    return this.#seat(member).facts.state === 'READY' && member.isRunning() && !member.isClogged();
  }

  #send(next: Numbered): boolean {
    const { server, members } = this.#options;
    const { event, serial, poolSerial } = next;
    let data: Buffer | undefined;
    for (const member of members) {
      if (!this.#isFree(member)) continue;
      data ??= envelope(event, { server, pool: this.name, serial, poolSerial });
      if (member.write(data) === 'broken') {
        this.#say({ type: 'broken-pipe', serial, listener: member.name });
        continue;
      }
      const seat = this.#seat(member);
      seat.facts = sent(seat.facts);
      seat.inHand = next;
      this.#say({ type: 'sent', serial, listener: member.name });
      if (this.#buffer.length > 0) this.#options.hurry?.();
      return true;
    }
    return false;
  }

  #sayRebuffering({ serial }: Numbered): void {
    const max = this.#options.bufferSize;
    this.#say({ type: 'rebuffering', serial, buffered: this.#buffer.length, max });
  }

  #say(what: PoolSaying): void {
    this.#log(poolLine(what, this.name));
  }

  #log([level, text]: Line): void {
    this.#options.logger.log(level, text);
  }

  #seat(member: M): Seat {
    const seat = this.#seats.get(member);
    if (seat === undefined) throw new Error(`internal error: no ${member.name} in ${this.name}`);
    return seat;
  }
}

const freshSeat = (): Seat => ({ facts: freshListener, inHand: undefined });

function eventOf({ inHand }: Seat): SupervisorEvent {
  if (inHand === undefined) throw new Error('internal error: a listener is BUSY with no event');
  return inHand.event;
}
