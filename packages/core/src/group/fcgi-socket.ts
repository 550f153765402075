import type { FcgiSocketConfig } from '@tsvisor/config';

import { SpawnError, systemErrorText } from '../errors.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';

/**
 * The socket that the processes of a [fcgi-program:x] share as their descriptor 0: made with
 * the first and closed with the last of them (process.md §16).
 */
export class FcgiSocket {
  readonly #config: FcgiSocketConfig;
  readonly #kernel: Kernel;
  readonly #logger: Logger;
  #fd: number | undefined;
  #users = 0;

  constructor(config: FcgiSocketConfig, kernel: Kernel, logger: Logger) {
    this.#config = config;
    this.#kernel = kernel;
    this.#logger = logger;
  }

  get url(): string {
    return this.#config.family === 'unix'
      ? `unix://${this.#config.path}`
      : `tcp://${this.#config.host}:${this.#config.port}`;
  }

  /**
   * Makes and closes it once, so that what is wrong shows before anything is started.
   *
   * @throws {SpawnError}
   */
  check(): void {
    this.acquire();
    this.release();
  }

  /**
   * For one more process. Each call is paired with one of `release`.
   *
   * @throws {SpawnError}
   */
  acquire(): number {
    this.#fd ??= this.#open();
    this.#users += 1;
    return this.#fd;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0 || this.#fd === undefined) return;
    this.#logger.log('info', `Closing socket ${this.url}`);
    this.#kernel.closeFd(this.#fd);
    this.#fd = undefined;
  }

  #open(): number {
    this.#logger.log('info', `Creating socket ${this.url}`);
    try {
      return this.#kernel.listen(this.#config);
    } catch (error) {
      const why = `Could not create FastCGI socket ${this.url}: ${systemErrorText(error)}`;
      throw new SpawnError(why, { cause: error });
    }
  }
}
