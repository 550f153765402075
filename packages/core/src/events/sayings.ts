import type { LogLevelName } from '@tsvisor/config';

import type { ListenerSaying } from './listener.ts';

/** What is worth a line about a pool's way with an event. */
export type PoolSaying = { readonly serial: number } & (
  | { readonly type: 'sent' | 'broken-pipe'; readonly listener: string }
  | { readonly type: 'rebuffering'; readonly buffered: number; readonly max: number }
  | { readonly type: 'overflowed' }
);

export type Line = readonly [level: LogLevelName, text: string];

/** The lines word for word as operators search for them (daemon.md §13). */
export function listenerLine(what: ListenerSaying, name: string): Line {
  switch (what.type) {
    case 'changed':
      return ['debug', `${name}: ${what.from} -> ${what.to}`];
    case 'entered-unknown':
      return [
        'warn',
        `${name}: has entered the UNKNOWN state and will no longer receive events, ` +
          'this usually indicates the process violated the eventlistener protocol',
      ];
    case 'bad-result-line':
      return ['warn', `${name}: bad result line: '${what.line}'`];
    case 'processed':
      return ['debug', `${name}: event was processed`];
    case 'rejected':
      return ['warn', `${name}: event was rejected`];
    case 'caused-an-error':
      return ['warn', `${name}: event caused an error`];
  }
}

export function poolLine(what: PoolSaying, pool: string): Line {
  switch (what.type) {
    case 'sent':
      return ['debug', `event ${what.serial} sent to listener ${what.listener}`];
    case 'broken-pipe':
      return [
        'debug',
        `epipe occurred while sending event ${what.serial} to listener ${what.listener}, listener state unchanged`,
      ];
    case 'rebuffering':
      return [
        'debug',
        `rebuffering event ${what.serial} for pool ${pool} (buf size=${what.buffered}, max=${what.max})`,
      ];
    case 'overflowed':
      return ['error', `pool ${pool} event buffer overflowed, discarding event ${what.serial}`];
  }
}
