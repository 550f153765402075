import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';

import { RawClient } from './raw.ts';

/** A file of the test certificates; make.sh there tells what they are. */
export const tlsFile = (name: string): string =>
  fileURLToPath(new URL(`../../../../e2e/fixtures/tls/${name}`, import.meta.url));

export const readTls = (name: string): Buffer => readFileSync(tlsFile(name));

/** Copies `server.pem` and `server.key`, or those of another name, to `cert.pem` and `key.pem`. */
export function putPair(folder: string, name: string): void {
  copyFileSync(tlsFile(`${name}.pem`), join(folder, 'cert.pem'));
  copyFileSync(tlsFile(`${name}.key`), join(folder, 'key.pem'));
}

/** A client that trusts the test authority. */
export function secureClient(port: number, options: ConnectionOptions = {}): RawClient {
  const where = { port, host: '127.0.0.1' };
  return new RawClient(where, connect({ ...where, ca: readTls('ca.pem'), ...options }));
}

/** The name on the certificate that a server shows to a new client. */
export function shownName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca: readTls('ca.pem') }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
