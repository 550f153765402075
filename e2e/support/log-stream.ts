import { createRequire } from 'node:module';

import type * as ws from 'ws';

import { isOfFastLog } from './fast-log.ts';
import type { Sandbox } from './sandbox.ts';
import { fromRoot } from './sandbox.ts';

const { WebSocket } = createRequire(fromRoot('packages/server/package.json'))('ws') as typeof ws;

type Message =
  | { readonly type: 'subscribed' }
  | { readonly type: 'log'; readonly offset: number; readonly data: string }
  | { readonly type: 'missed'; readonly bytes: number };

/** A follower of the fast log over the stream, which checks what it is told. */
export class LogStream {
  received = 0;
  missed = 0;
  /** What should not have come. */
  readonly wrong: string[] = [];
  readonly socket: ws.WebSocket;
  readonly #subscribed: Promise<void>;

  constructor(sandbox: Sandbox) {
    this.socket = new WebSocket(`ws+unix:${sandbox.path('s.sock')}:/api/v1/stream`, {
      perMessageDeflate: false,
    });
    this.#subscribed = new Promise((resolve, reject) => {
      this.socket.on('error', reject);
      this.socket.on('open', () => {
        const subscribe = { type: 'subscribe', id: 'a', to: 'log', process: 'fast', offset: 0 };
        this.socket.send(JSON.stringify({ ...subscribe, channel: 'stdout' }));
      });
      this.socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Message;
        if (message.type === 'subscribed') resolve();
        else this.#take(message);
      });
      this.socket.on('close', (code) => this.wrong.push(`closed with ${code}`));
    });
  }

  /** Resolves once it follows. */
  get subscribed(): Promise<void> {
    return this.#subscribed;
  }

  /** Up to where it knows of the log. */
  get position(): number {
    return this.received + this.missed;
  }

  #take(message: Exclude<Message, { type: 'subscribed' }>): void {
    if (message.type === 'missed') {
      this.missed += message.bytes;
    } else if (message.type !== 'log') {
      this.wrong.push(JSON.stringify(message));
    } else {
      const { offset, data } = message;
      if (offset !== this.position) this.wrong.push(`${offset} came after ${this.position}`);
      if (!isOfFastLog(data, offset)) this.wrong.push(`at ${offset}: ${data.slice(0, 40)}`);
      this.received += data.length;
    }
  }
}
