import { stat } from 'node:fs/promises';

import type { Cancel, Clock, Logger } from '@tsvisor/core';

import { CertificateError, isSameCertificate, readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { FileWatch } from './file-watch.ts';
import type { TlsFiles } from './files.ts';

export interface RenewalOptions {
  /** The section of the server, for the log. */
  readonly section: string;
  readonly files: TlsFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of each certificate that takes the place of the one before. */
  readonly renewed: (certificate: Certificate) => void;
  readonly times?: Partial<RenewalTimes>;
}

export interface RenewalTimes {
  /** What is written in pieces is read once. */
  readonly settleMs: number;
  /** A certificate and its key are written one after the other; only then it is an error. */
  readonly graceMs: number;
  /** How often a new client makes us look, for what is not told of: a mount, an exhausted limit. */
  readonly glanceMs: number;
}

const defaultTimes: RenewalTimes = { settleMs: 200, graceMs: 10_000, glanceMs: 1000 };

/** Keeps a server's certificate as the files have it; as long as they are no good, the last that was. */
export class Renewal {
  readonly #options: RenewalOptions;
  readonly #times: RenewalTimes;
  readonly #watch: FileWatch;
  #inForce: Certificate;
  /** What the files looked like when they were read last. */
  #seen = '';
  #complained = '';
  #looking = false;
  #isClosed = false;
  #glanced: number;
  #settled: Cancel | undefined;
  #grace: Cancel | undefined;

  constructor(inForce: Certificate, options: RenewalOptions) {
    const { files, clock, logger, section } = options;
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
    this.#inForce = inForce;
    this.#glanced = clock.monotonic();
    const paths = [files.certificate, files.key, files.clientAuthorities];
    this.#watch = new FileWatch(
      paths.filter((path) => path !== null),
      () => this.#changed(),
      (directory, error) =>
        logger.log(
          'warn',
          `Server '${section}' cannot watch ${directory} for a new certificate, and looks when a client connects: ${(error as Error).message}`,
        ),
    );
    this.#watch.refresh();
    this.#warnIfUnfit();
    // They may have changed between the reading and the watching.
    this.#changed();
  }

  /** Looks at the files if that has not been done for a while. */
  glance(): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#glanced < this.#times.glanceMs) return;
    this.#glanced = now;
    void this.#look(false);
  }

  close(): void {
    this.#isClosed = true;
    this.#watch.close();
    this.#settled?.();
    this.#grace?.();
  }

  #changed(): void {
    if (this.#isClosed) return;
    this.#settled ??= this.#options.clock.after(this.#times.settleMs, () => {
      this.#settled = undefined;
      void this.#look(false);
    });
  }

  async #look(isLate: boolean): Promise<void> {
    if (this.#looking || this.#isClosed) {
      if (isLate) this.#beLenient();
      return;
    }
    this.#looking = true;
    try {
      // What was written before a directory was watched has been told to nobody.
      if (this.#watch.refresh()) this.#changed();
      const seen = await this.#signature();
      if (seen === this.#seen && !isLate) return;
      this.#seen = seen;
      this.#take(await readCertificate(this.#options.files));
    } catch (error) {
      this.#refuse(error, isLate);
    } finally {
      this.#looking = false;
    }
  }

  #take(certificate: Certificate): void {
    const { logger, section, files } = this.#options;
    this.#grace?.();
    this.#grace = undefined;
    this.#complained = '';
    if (this.#isClosed || isSameCertificate(certificate, this.#inForce)) return;
    this.#inForce = certificate;
    this.#options.renewed(certificate);
    logger.log(
      'info',
      `Server '${section}' has a new certificate from ${files.certificate}, valid until ${day(certificate.validTo)}`,
    );
    this.#warnIfUnfit();
  }

  #refuse(error: unknown, isLate: boolean): void {
    if (this.#isClosed) return;
    const { logger, section } = this.#options;
    const { message } = error as Error;
    if (error instanceof CertificateError && !isLate) {
      this.#beLenient();
      return;
    }
    if (this.#complained === message) return;
    this.#complained = message;
    logger.log('error', `Server '${section}' goes on with the certificate it has: ${message}`);
  }

  #beLenient(): void {
    if (this.#isClosed) return;
    this.#grace ??= this.#options.clock.after(this.#times.graceMs, () => {
      this.#grace = undefined;
      void this.#look(true);
    });
  }

  #warnIfUnfit(): void {
    const { logger, section, files, clock } = this.#options;
    const { validFrom, validTo } = this.#inForce;
    const now = clock.now();
    if (now >= validFrom.getTime() && now <= validTo.getTime()) return;
    logger.log(
      'warn',
      `Server '${section}' has a certificate that clients will refuse: ${files.certificate} is valid from ${day(validFrom)} to ${day(validTo)}`,
    );
  }

  /** Differs whenever one of the files is another one, or was written to. */
  async #signature(): Promise<string> {
    const { certificate, key, clientAuthorities } = this.#options.files;
    const looks = [certificate, key, clientAuthorities].map(async (path) => {
      if (path === null) return '';
      try {
        const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
        return [dev, ino, size, mtimeNs, ctimeNs].join(':');
      } catch (error) {
        return (error as NodeJS.ErrnoException).code ?? 'unknown';
      }
    });
    return (await Promise.all(looks)).join(' ');
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
