import { signalName, type ForwardedSignal } from '@tsvisor/config';
import type { Logger, Supervisor } from '@tsvisor/core';

import type { SignalSource } from './signals.ts';

/**
 * Passes signals on to programs, as forward_signals= says.
 *
 * @returns what ends that
 */
export function forwardSignals(
  forwarded: readonly ForwardedSignal[],
  source: SignalSource,
  supervisor: Pick<Supervisor, 'find'>,
  logger: Logger,
): () => void {
  const handlers = forwarded.map(({ signal, process }) => {
    const name = signalName(signal) as NodeJS.Signals;
    const handler = (): void => passOn(signal, process, supervisor, logger);
    source.on(name, handler);
    return () => void source.off(name, handler);
  });
  return () => {
    for (const forget of handlers) forget();
  };
}

function passOn(
  signal: number,
  name: string,
  supervisor: Pick<Supervisor, 'find'>,
  logger: Logger,
): void {
  const shown = signalName(signal);
  try {
    for (const process of supervisor.find(name)) process.signal(signal);
    logger.log('info', `received ${shown}, passed on to ${name}`);
  } catch (error) {
    // It does not run, or its group has been removed.
    logger.log(
      'warn',
      `received ${shown}, cannot pass it on to ${name}: ${(error as Error).message}`,
    );
  }
}
