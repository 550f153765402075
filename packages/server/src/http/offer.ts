import { IncomingMessage } from 'node:http';

/** Where node:http leaves its word; the constructor of its class runs before any of ours. */
const offered: unique symbol = Symbol('offered');

/**
 * A request that is taken from HTTP only if it offers a WebSocket. Others offer HTTP/2 with each
 * request (`Upgrade: h2c`), and are to be answered as ever.
 */
export class OfferingMessage extends IncomingMessage {
  declare [offered]?: boolean | null;

  get upgrade(): boolean {
    if (this[offered] !== true) return false;
    if (this.method === 'CONNECT') return true;
    return this.method === 'GET' && this.headers.upgrade?.toLowerCase() === 'websocket';
  }

  set upgrade(is: boolean | null) {
    this[offered] = is;
  }
}
