import type { Config } from '@tsvisor/core';

import { tlsFilesOf } from './files.ts';

/**
 * Sees whether the certificates of the servers can be used. Who checks may not be who starts: a
 * file that is not for us to read is only a warning.
 *
 * @throws {SocketError}
 */
export async function checkCertificates(
  { servers, supervisord }: Pick<Config, 'servers' | 'supervisord'>,
  warn: (message: string) => void,
): Promise<void> {
  for (const config of servers) {
    const files = tlsFilesOf(config);
    if (files === undefined) continue;
    const { readAtStart } = await import('./read-at-start.ts');
    try {
      await readAtStart(config.section, files, supervisord.path);
    } catch (error) {
      const { message, cause } = error as Error & { readonly cause?: { readonly cause?: unknown } };
      if ((cause?.cause as NodeJS.ErrnoException | undefined)?.code !== 'EACCES') throw error;
      warn(message);
    }
  }
}
