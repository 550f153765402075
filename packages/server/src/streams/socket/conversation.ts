import type { Line, Talk } from '../../http/message.ts';
import { Refusal, readMessage } from './messages.ts';
import type { Wish } from './messages.ts';
import { open } from './open.ts';
import { Outbox } from './outbox.ts';
import { MOST_OF_ALL } from './places.ts';
import { addressed, draft, refused } from './sayings.ts';
import type { Sources, Subscription } from './subscription.ts';

const MOST_SUBSCRIPTIONS = 100;
/** Messages in a row that cannot be followed, before the client is hung up on. */
const MOST_REFUSALS = 100;
const POLICY_VIOLATION = 1008;

/** One client of the stream: what it has subscribed to, and what it still has to be told. */
export class Conversation implements Talk {
  readonly #line: Line;
  readonly #sources: Sources;
  readonly #outbox: Outbox;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Heard while there was no room to answer. */
  readonly #unanswered: string[] = [];
  #refusals = 0;
  #isOver = false;

  constructor(line: Line, sources: Sources) {
    this.#line = line;
    this.#sources = sources;
    this.#outbox = new Outbox(line);
  }

  heard(text: string): void {
    if (this.#isOver) return;
    this.#unanswered.push(text);
    this.#answer();
  }

  drained(): void {
    if (this.#isOver) return;
    this.#outbox.drained(this.#subscriptions.values());
    this.#answer();
  }

  ends(): void {
    // What has been kept for a slow client goes out as far as there is room.
    this.#sources.feeds.states.tell();
    this.#outbox.flush(this.#subscriptions.values());
    this.gone();
  }

  gone(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#outbox.close();
    this.#unanswered.length = 0;
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#sources.feeds.places.free(this.#subscriptions.size);
    this.#subscriptions.clear();
  }

  #answer(): void {
    while (!this.#isOver && !this.#outbox.isFull) {
      const text = this.#unanswered.shift();
      if (text === undefined) break;
      this.#take(text);
    }
    // A client that asks faster than it reads waits for its turn.
    this.#line.deafen(this.#unanswered.length > 0);
  }

  #take(text: string): void {
    try {
      const message = readMessage(text);
      if (message.type === 'unsubscribe') this.#unsubscribe(message.id);
      else this.#subscribe(message.id, message.wish);
      this.#refusals = 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#outbox.send(addressed(JSON.stringify(error.id), refused(error.fault, error.message)));
      this.#refusals += 1;
      if (this.#refusals < MOST_REFUSALS) return;
      this.gone();
      this.#line.hangUp(POLICY_VIOLATION, `${MOST_REFUSALS} messages that cannot be followed`);
    }
  }

  #subscribe(id: string, wish: Wish): void {
    if (this.#subscriptions.has(id)) {
      throw new Refusal('BAD_ARGUMENTS', `there is a subscription ${JSON.stringify(id)}`, id);
    }
    if (this.#subscriptions.size >= MOST_SUBSCRIPTIONS) {
      const message = `a connection has at most ${MOST_SUBSCRIPTIONS} subscriptions`;
      throw new Refusal('BAD_ARGUMENTS', message, id);
    }
    const { places } = this.#sources.feeds;
    if (places.areAllTaken) {
      const message = `all clients together have at most ${MOST_OF_ALL} subscriptions`;
      throw new Refusal('BAD_ARGUMENTS', message, id);
    }
    const shownId = JSON.stringify(id);
    const outbox = this.#outbox;
    const outlet = {
      get isFull() {
        return outbox.isFull;
      },
      say: (message: Parameters<typeof addressed>[1]) => outbox.send(addressed(shownId, message)),
      ended: () => this.#remove(id),
    };
    const begin = open(wish, this.#sources, id);
    outlet.say(draft('subscribed', {}));
    this.#subscriptions.set(id, begin(outlet));
    places.take();
  }

  #unsubscribe(id: string): void {
    if (this.#remove(id)) return;
    throw new Refusal('BAD_NAME', `there is no subscription ${JSON.stringify(id)}`, id);
  }

  #remove(id: string): boolean {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return false;
    subscription.close();
    this.#sources.feeds.places.free();
    return this.#subscriptions.delete(id);
  }
}
