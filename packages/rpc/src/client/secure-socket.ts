/** What only a client of `https://` loads. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';

import { systemRoots } from './roots.ts';
import type { TlsSettings } from './server-url.ts';

/** Begins to connect; `secureConnect` tells that the server is who it should be. */
export function connectSecurely(host: string, port: number, settings: TlsSettings): TLSSocket {
  const { ca = systemRoots(), cert, key } = settings;
  const socket = connect({
    host,
    port,
    // A name that is an address is none for SNI; the certificate is compared with it all the same.
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
  });
  return socket.setNoDelay(true);
}
