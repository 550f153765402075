import { eventNames } from '@tsvisor/core';
import type { EventName, Supervisor, SupervisorEvent } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { EndlessReply, Request, Sink } from '../http/message.ts';
import { eventDocument } from './event-document.ts';

/** What is told of unless the request says otherwise: no output of programs, no ticks. */
export const USUAL: readonly EventName[] = [
  'PROCESS_STATE',
  'PROCESS_GROUP',
  'PROCESS_COMMUNICATION',
  'REMOTE_COMMUNICATION',
  'SUPERVISOR_STATE_CHANGE',
];
/** What is kept for a client that reads too slowly; it is told how many more it has missed. */
const MOST_WAITING = 1000;
/** Lines with the output of programs are long. */
const MOST_WAITING_CHARACTERS = 512 * 1024;

/**
 * `/events[?names=A,B]`: what happens from now on, a JSON object a line, without end. The names
 * are those of `events=` in an event listener's section.
 */
export function eventStream(
  request: Request,
  { events }: Pick<Supervisor, 'events'>,
): EndlessReply {
  if (request.method !== 'GET') throw new HttpError(400);
  const names = namesIn(request.query);
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/x-ndjson'],
      ['X-Accel-Buffering', 'no'],
    ],
    stream(sink) {
      const feed = new Feed(sink);
      return events.subscribe(names, (event) => feed.take(lineOf(event)));
    },
  };
}

function namesIn(query: string): readonly EventName[] {
  const given = new URLSearchParams(query).get('names');
  if (given === null || given === '') return USUAL;
  return given.split(',').map((name) => {
    const upper = name.trim().toUpperCase();
    const known = eventNames.find((one) => one === upper);
    if (known === undefined) throw new HttpError(400);
    return known;
  });
}

const lineOf = (event: SupervisorEvent): string => `${JSON.stringify(eventDocument(event))}\n`;

/** Lines for one client, who may be slow: what it costs is bounded. */
class Feed {
  readonly #sink: Sink;
  readonly #waiting: string[] = [];
  #waitingCharacters = 0;
  #isSlow = false;
  #missed = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    sink.drained(() => this.#drained());
  }

  take(line: string): void {
    if (!this.#isSlow) this.#isSlow = !this.#sink.write(Buffer.from(line));
    else if (this.#hasRoom(line)) {
      this.#waiting.push(line);
      this.#waitingCharacters += line.length;
    } else this.#missed += 1;
  }

  /** What comes after a gap would come before we have told of it. */
  #hasRoom(line: string): boolean {
    return (
      this.#missed === 0 &&
      this.#waiting.length < MOST_WAITING &&
      this.#waitingCharacters + line.length <= MOST_WAITING_CHARACTERS
    );
  }

  #drained(): void {
    const missed = this.#missed > 0 ? [`${JSON.stringify({ missed: this.#missed })}\n`] : [];
    const text = [...this.#waiting.splice(0), ...missed].join('');
    this.#missed = 0;
    this.#waitingCharacters = 0;
    this.#isSlow = text !== '' && !this.#sink.write(Buffer.from(text));
  }
}
