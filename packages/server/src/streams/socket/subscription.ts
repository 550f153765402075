import type { Supervisor } from '@tsvisor/core';

import type { MainLog } from '../../methods/main-log.ts';
import type { Feeds } from './feeds.ts';
import type { Draft } from './sayings.ts';

/** What subscriptions are fed from. */
export interface Sources {
  readonly supervisor: Supervisor;
  readonly mainLog: MainLog;
  readonly feeds: Feeds;
}

/** The way from a subscription to its client. */
export interface Outlet {
  /** Nothing more should be said now, until `drained`. */
  readonly isFull: boolean;
  say(message: Draft): void;
  /** Has said its last word. */
  ended(): void;
}

/** One thing that one client wants to be told of. */
export interface Subscription {
  /** There is room again for what has been kept. It stops when there is none left. */
  drained(): void;
  close(): void;
}
