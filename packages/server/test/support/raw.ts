import { connect } from 'node:net';
import type { Socket } from 'node:net';

type Where = { readonly path: string } | { readonly port: number; readonly host?: string };

/** A client that says bytes and keeps what it hears. */
export class RawClient {
  readonly socket: Socket;
  heard = '';
  isClosed = false;
  readonly #watchers = new Set<() => void>();

  /** @param socket on its way there, if not a plain one */
  constructor(where: Where, socket: Socket = connect(where)) {
    this.socket = socket;
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk: string) => {
      this.heard += chunk;
      this.#changed();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.isClosed = true;
      this.#changed();
    });
  }

  say(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves when enough has been heard. */
  until(what: string | RegExp): Promise<string> {
    const isThere = (): boolean =>
      typeof what === 'string' ? this.heard.includes(what) : what.test(this.heard);
    return this.#wait(`to hear ${what}`, isThere);
  }

  /** Resolves with all that was heard when the server has closed the connection. */
  closed(): Promise<string> {
    return this.#wait('the end of the connection', () => this.isClosed);
  }

  leave(): void {
    this.socket.destroy();
  }

  #changed(): void {
    for (const watch of this.#watchers) watch();
  }

  #wait(what: string, isSo: () => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`waited in vain for ${what}; heard ${JSON.stringify(this.heard)}`)),
        10_000,
      );
      const watch = (): void => {
        if (!isSo()) return;
        clearTimeout(timer);
        this.#watchers.delete(watch);
        resolve(this.heard);
      };
      this.#watchers.add(watch);
      watch();
    });
  }
}

/** Sends one request and returns the whole answer, head and body. */
export async function ask(where: Where, request: string): Promise<string> {
  const client = new RawClient(where).say(request);
  client.socket.end();
  return client.closed();
}

/** Makes times comparable. */
export const timeless = (answer: string): string =>
  answer.replaceAll(/^(Date|Last-Modified): .*?\r$/gm, '$1: …\r');
