/** For programs that are run as `[eventlistener:x]`, under supervisord as well as tsvd. */
export { listen } from './listen.ts';
export type { EventHandler, ListenOptions } from './listen.ts';
export type { Delivery, EventHeader } from './event-reader.ts';
export type { OtherEvent, ReceivedEvent } from './parse-event.ts';
export type { SupervisorEvent } from '../events/types.ts';
