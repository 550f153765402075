import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { within } from './wait.ts';

const HEAD_END = Buffer.from('\r\n\r\n');

/** The request for a method with text parameters. */
export function request(method: string, ...parameters: readonly string[]): Buffer {
  const values = parameters.map((text) => `<param><value><string>${text}</string></value></param>`);
  const body =
    `<?xml version='1.0'?>\n<methodCall><methodName>${method}</methodName>` +
    `<params>${values.join('')}</params></methodCall>\n`;
  return Buffer.from(
    'POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** The request for a page. */
export const pageRequest = (path: string): Buffer =>
  Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);

/** One connection that is kept, with one request at a time: the same for both contenders. */
export class Client {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #settle: ((answer: Buffer | Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('close', () => this.#settle?.(new Error('the connection was closed')));
    socket.on('error', () => undefined);
  }

  /** @throws the system's error: nobody listens yet */
  static connect(path: string): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect({ path });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket));
      });
    });
  }

  /** The body of the answer, looked at no more than it must be. @throws if it is a fault, or none */
  async send(bytes: Buffer): Promise<Buffer> {
    const body = await this.exchange(bytes);
    const beginning = body.toString('latin1', 0, 200);
    if (!beginning.includes('<methodResponse>') || beginning.includes('<fault>')) {
      throw new Error(`a bad answer: ${body.toString('utf8', 0, 1000)}`);
    }
    return body;
  }

  /** The body of the answer to any request. @throws if its status is not 200 */
  async exchange(bytes: Buffer): Promise<Buffer> {
    const answer = new Promise<Buffer>((resolve, reject) => {
      this.#settle = (result) => {
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
    });
    this.#socket.write(bytes);
    return within('an answer', answer);
  }

  async call(method: string, ...parameters: readonly string[]): Promise<string> {
    return (await this.send(request(method, ...parameters))).toString();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    const first = this.#chunks[0] as Buffer;
    const headEnd = first.indexOf(HEAD_END);
    if (headEnd === -1) {
      this.#chunks = [Buffer.concat(this.#chunks)];
      if (this.#chunks[0]?.includes(HEAD_END) !== true) return;
      const [all] = this.#chunks.splice(0) as [Buffer];
      this.#take(all);
      return;
    }
    const head = first.toString('latin1', 0, headEnd);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1]);
    const start = headEnd + HEAD_END.length;
    const received = this.#chunks.reduce((sum, { length: bytes }) => sum + bytes, 0);
    if (received < start + length) return;
    const all = Buffer.concat(this.#chunks.splice(0));
    this.#settle?.(
      head.startsWith('HTTP/1.1 200') || head.startsWith('HTTP/1.0 200')
        ? all.subarray(start)
        : new Error(`a bad answer: ${head}`),
    );
  }
}
