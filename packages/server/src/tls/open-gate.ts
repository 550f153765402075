import type { Clock, InetServerConfig, Logger } from '@tsvisor/core';

import { SocketError } from '../sockets/errors.ts';
import { CertificateError, readCertificate } from './certificate.ts';
import type { Certificate, TlsFiles } from './certificate.ts';
import { TlsGate } from './gate.ts';
import type { Arrivals } from './gate.ts';
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
  { section }: InetServerConfig,
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

async function readAtStart(section: string, files: TlsFiles, path: string): Promise<Certificate> {
  try {
    return await readCertificate(files);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw new SocketError(
      `Cannot open an HTTP server: in section [${section}] of ${path}, ${error.message}`,
      { cause: error },
    );
  }
}
