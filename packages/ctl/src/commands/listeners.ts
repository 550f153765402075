import type { ListenerInfo } from '@tsvisor/rpc';

import { RemoteFault } from '../errors.ts';
import { faultCode } from '../exit-status.ts';
import { nameOf } from '../names.ts';
import type { ProcessInfo } from '../remote.ts';
import type { Session } from '../session.ts';

/** By `group:name`. */
export type Listeners = ReadonlyMap<string, ListenerInfo>;

export const noListeners: Listeners = new Map();

/** How the event listeners stand; nothing is known of them if the daemon is supervisord. */
export async function askListeners(session: Session): Promise<Listeners> {
  try {
    const infos = await session.remote.request('tsvisor.getListenerInfo', []);
    return new Map((infos as readonly ListenerInfo[]).map((info) => [keyOf(info), info]));
  } catch (error) {
    if (error instanceof RemoteFault && error.code === faultCode.unknownMethod) return noListeners;
    throw error;
  }
}

export const listenerOf = (
  listeners: Listeners,
  process: Pick<ProcessInfo, 'group' | 'name'>,
): ListenerInfo | undefined => listeners.get(keyOf(process));

/** A line for each that gets no events, and for each pool that has dropped some. */
export function listenerWarnings(shown: readonly ProcessInfo[], listeners: Listeners): string[] {
  const found = shown.flatMap((process) => {
    const listener = listenerOf(listeners, process);
    return listener === undefined ? [] : [{ ...listener, state: process.statename }];
  });
  const deaf = found
    .filter(({ state, listenerstate }) => state === 'RUNNING' && listenerstate === 'UNKNOWN')
    .map(
      (listener) =>
        `${nameOf(listener)}: has violated the event listener protocol and gets no events until it is restarted`,
    );
  const pools = new Map(found.map((listener) => [listener.group, listener]));
  const dropped = [...pools.values()]
    .filter(({ discarded }) => discarded > 0)
    .map(
      ({ group, discarded, buffer_size: size }) =>
        `${group}: ${events(discarded)} discarded, as more than buffer_size=${size} waited`,
    );
  return [...deaf, ...dropped];
}

const events = (count: number): string => (count === 1 ? '1 event was' : `${count} events were`);

const keyOf = ({ group, name }: Pick<ProcessInfo, 'group' | 'name'>): string => `${group}:${name}`;
