import type { IncomingMessage } from 'node:http';

import type { Peer, Request } from './message.ts';
import { parseTarget } from './target.ts';

/** What handlers see of a request. */
export function requestFrom(
  message: IncomingMessage & { readonly upgrade?: boolean },
  waiting: Pick<Request, 'body' | 'patiently'>,
): Request {
  const { method = '', url = '', httpVersion, socket } = message;
  // node:http gives bytes as latin1; names on a request line are UTF-8.
  const target = Buffer.from(url, 'latin1').toString();
  const version = httpVersion === '0.9' ? null : httpVersion;
  return {
    method,
    target,
    ...parseTarget(target),
    version,
    line: version === null ? `${method} ${target}` : `${method} ${target} HTTP/${version}`,
    // Until a password says otherwise.
    role: 'full',
    scheme: 'encrypted' in socket ? 'https' : 'http',
    peer: peer(socket.remoteAddress, socket.remotePort) ?? { host: 'localhost', port: 0 },
    local: peer(socket.localAddress, socket.localPort),
    offersWebSocket: message.upgrade === true,
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    ...waiting,
  };
}

function peer(address: string | undefined, port: number | undefined): Peer | null {
  if (address === undefined || port === undefined) return null;
  // A client of IPv4 on a socket for both.
  return { host: address.replace(/^::ffff:/, ''), port };
}
