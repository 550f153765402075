import type { Clock, ServerConfig, Logger } from '@tsvisor/core';

import type { TlsFiles } from './files.ts';
import { TlsGate } from './gate.ts';
import type { Arrivals } from './gate.ts';
import { readAtStart } from './read-at-start.ts';
import { Renewal } from './renewal.ts';
import type { RenewalTimes } from './renewal.ts';

export interface GateOptions {
  /** The configuration file, for what cannot be used. */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly times?: Partial<RenewalTimes> | undefined;
}

/** Makes the gate for those who wait behind it. */
export type GateMaker = (arrivals: Arrivals) => TlsGate;

/**
 * Prepares TLS for a server: its certificate is looked after from when it listens to when it is
 * closed.
 *
 * @throws {SocketError}
 */
export async function openGate(
  { section }: ServerConfig,
  files: TlsFiles,
  { path, clock, logger, times }: GateOptions,
): Promise<GateMaker> {
  const certificate = await readAtStart(section, files, path);
  return (arrivals) => {
    const gate = new TlsGate(certificate, arrivals);
    gate.listener.once('listening', () => {
      const renewal = new Renewal(certificate, {
        section,
        files,
        clock,
        logger,
        ...(times !== undefined && { times }),
        renewed: (next) => gate.use(next),
      });
      gate.listener.on('connection', () => renewal.glance());
      gate.listener.once('close', () => renewal.close());
    });
    return gate;
  };
}
