import { on } from 'node:events';
import type { Readable, Writable } from 'node:stream';

import { errorCode } from '../errors.ts';
import { consoleToStderr } from './console-to-stderr.ts';
import { EventReader } from './event-reader.ts';
import type { Delivery } from './event-reader.ts';
import { parseEvent } from './parse-event.ts';
import type { ReceivedEvent } from './parse-event.ts';

const READY = Buffer.from('READY\n');

/** What a listener answers beyond OK and FAIL, for a `result_handler` of its own. */
type Result = string | Uint8Array;

/**
 * Deals with one event. The next one comes when its promise is resolved. What it throws, or is
 * rejected with, is answered with FAIL: the event will be sent again, at once and for ever.
 *
 * @returns nothing for OK, or the result itself
 */
export type EventHandler = (
  event: ReceivedEvent,
  delivery: Delivery & { readonly signal: AbortSignal },
) => void | Result | Promise<void | Result>;

/** What a listener may do otherwise. */
export interface ListenOptions {
  /** @default process.stdin */
  readonly input?: Readable;
  /** @default process.stdout; then `console` prints to stderr as long as it listens */
  readonly output?: Writable;
  /** Ends it: the event in hand is finished and answered, and no other is asked for. */
  readonly signal?: AbortSignal;
  /** Told what the handler threw. @default prints it to stderr */
  readonly failed?: (error: unknown, event: ReceivedEvent) => void;
}

/**
 * Is an event listener: says READY, gives each event to `handler`, one at a time, and answers.
 * Resolves when the supervisor closes the pipe, or when `signal` is aborted.
 *
 * @throws {Error} if what comes in is not the event listener protocol
 * @see supervisor manual, "Events"
 */
export async function listen(handler: EventHandler, options: ListenOptions = {}): Promise<void> {
  const { input = process.stdin, output = process.stdout, failed = printFailure } = options;
  const signal = options.signal ?? new AbortController().signal;
  const restoreConsole = output === process.stdout ? consoleToStderr() : () => undefined;
  // The write that fails reports it; without this it would end the process as well.
  const ignore = (): void => undefined;
  output.on('error', ignore);
  try {
    signal.throwIfAborted();
    await say(output, READY);
    for await (const delivery of deliveries(input, signal)) {
      const result = await answer(handler, delivery, signal, failed);
      // In one write, which the supervisor reads at once.
      await say(output, signal.aborted ? result : Buffer.concat([result, READY]));
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted && errorCode(error) !== 'EPIPE') throw error;
  } finally {
    input.pause();
    output.off('error', ignore);
    restoreConsole();
  }
}

async function* deliveries(input: Readable, signal: AbortSignal): AsyncGenerator<Delivery> {
  if (input.readableEnded || input.destroyed) return;
  const reader = new EventReader();
  const chunks = on(input, 'data', { signal, close: ['end', 'close'] });
  // Somebody may have paused it, as the end of another listen() does.
  input.resume();
  for await (const [chunk] of chunks) {
    yield* reader.push(chunk as Buffer);
  }
}

async function answer(
  handler: EventHandler,
  delivery: Delivery,
  signal: AbortSignal,
  failed: NonNullable<ListenOptions['failed']>,
): Promise<Buffer> {
  const event = parseEvent(delivery);
  try {
    return resultOf((await handler(event, { ...delivery, signal })) ?? 'OK');
  } catch (error) {
    failed(error, event);
    return resultOf('FAIL');
  }
}

/** The length is that of the bytes, where the `len` of an event counts characters. */
function resultOf(result: Result): Buffer {
  const bytes = typeof result === 'string' ? Buffer.from(result) : result;
  return Buffer.concat([Buffer.from(`RESULT ${bytes.length}\n`), bytes]);
}

const say = (output: Writable, data: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    output.write(data, (error) => (error ? reject(error) : resolve()));
  });

function printFailure(error: unknown, event: ReceivedEvent): void {
  const name = event.type === 'OTHER' ? event.name : event.type;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`cannot deal with ${name}: ${text}\n`);
}
