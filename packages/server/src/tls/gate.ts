import { constants } from 'node:crypto';
import { createServer as createListener } from 'node:net';
import type { Server as Listener, Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Server as Handshakes, TLSSocket } from 'node:tls';

import type { Certificate } from './certificate.ts';

/** What becomes of a client. */
export interface Arrivals {
  /** It has connected and said nothing yet. */
  arrived(socket: Socket): void;
  /** It has come through the handshake. */
  secured(socket: Socket, secure: TLSSocket): void;
  /** It speaks HTTP without TLS; some of what it has said is read already. */
  plain(socket: Socket): void;
}

/** The first byte of every TLS connection: a record that holds a message of the handshake. */
const HANDSHAKE = 0x16;

/** Where the clients of a port with TLS come in. */
export class TlsGate {
  /** Not listening yet: whoever makes the socket lets it. */
  readonly listener: Listener = createListener({ allowHalfOpen: true, noDelay: true });
  readonly #arrivals: Arrivals;
  #handshakes: Handshakes;

  constructor(certificate: Certificate, arrivals: Arrivals) {
    this.#arrivals = arrivals;
    this.#handshakes = this.#prepare(certificate);
    this.listener.on('connection', (socket) => this.#arrived(socket));
  }

  /** From now on clients are shown this certificate; those that are in stay. */
  use(certificate: Certificate): void {
    this.#handshakes = this.#prepare(certificate);
  }

  /** It never listens: sockets are handed to it. */
  #prepare({ cert, key, ca }: Certificate): Handshakes {
    const handshakes = createServer({
      cert,
      key,
      ...(ca !== null && { ca, requestCert: true, rejectUnauthorized: true }),
      minVersion: 'TLSv1.2',
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
      ALPNProtocols: ['http/1.1'],
    });
    handshakes.on('secureConnection', (secure) => {
      secure.allowHalfOpen = true;
      this.#arrivals.secured((secure as unknown as Wrapping)._parent, secure);
    });
    return handshakes;
  }

  #arrived(socket: Socket): void {
    this.#arrivals.arrived(socket);
    socket.once('readable', () => {
      const said = socket.read() as Buffer | null;
      if (said?.[0] === HANDSHAKE) {
        socket.unshift(said);
        // Who has nothing more to say within the handshake will not come through it.
        socket.allowHalfOpen = false;
        this.#handshakes.emit('connection', socket);
      } else if (said !== null && /^[A-Z\r]/.test(said.toString('latin1'))) {
        this.#arrivals.plain(socket);
      } else {
        // Whatever it speaks, we have no word of it.
        socket.destroy();
      }
    });
  }
}

/** There is no public way from a secured socket to what it was made of. */
interface Wrapping {
  readonly _parent: Socket;
}
