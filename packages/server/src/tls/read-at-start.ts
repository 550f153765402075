import { SocketError } from '../sockets/errors.ts';
import { CertificateError, readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import type { TlsFiles } from './files.ts';

/**
 * @param path the configuration file
 * @throws {SocketError} which names everything that leads to the file
 */
export async function readAtStart(
  section: string,
  files: TlsFiles,
  path: string,
): Promise<Certificate> {
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
