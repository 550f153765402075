import type { Socket } from 'node:net';
// node:http refuses a request line with bytes beyond ASCII. supervisorctl sends names as they
// are typed (`GET /logtail/naïve/stdout`), so such a line is encoded and read again.
import { Duplex } from 'node:stream';

const LINE_END = '\r\n';

/** The packet with its request line encoded; undefined: that would not make a request of it. */
export function encodeRequestLine(packet: Buffer): Buffer | undefined {
  const text = packet.toString('latin1');
  // What would come after the head goes to the parser that has given up.
  if (!text.startsWith('GET ') || !text.includes(LINE_END + LINE_END)) return undefined;
  const end = text.indexOf(LINE_END);
  const line = text.slice(0, end).replaceAll(/[\x80-\xff]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return line.length === end ? undefined : Buffer.from(line + text.slice(end), 'latin1');
}

/** Stands for a socket whose first packet is to be read in another form. */
export class Reread extends Duplex {
  readonly #socket: Socket;

  constructor(socket: Socket, packet: Buffer) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    // As that of TLS has it.
    if ('encrypted' in socket) Object.assign(this, { encrypted: true });
    this.push(packet);
    socket.once('end', () => this.push(null));
    socket.once('close', () => this.destroy());
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.#socket.remotePort;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.#socket.localPort;
  }

  destroySoon(): void {
    this.end(() => this.#socket.destroySoon());
  }

  override _read(): void {
    // All there is was pushed at the beginning.
  }

  override _write(
    chunk: Buffer,
    encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
