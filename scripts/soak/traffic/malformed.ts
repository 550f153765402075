import { connect } from 'node:net';

import { elapse } from '../wait.ts';
import type { Actions, Context } from './context.ts';

const requests: readonly string[] = [
  'GARBAGE\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(20_000)}\r\n`,
  'POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: nine\r\n\r\n',
  'POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n<notxml>>',
  'POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n<methodCall>',
  'POST /RPC2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /logtail/%00%ff HTTP/1.1\r\nHost: x\r\n\r\n',
  'PUT /api/v1/groups/../../x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{]',
  '\0\0\0\0',
  '',
];

/** Sends some of it or all, waits or not, and hangs up. */
function send(one: Context): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(one.daemon.ground.socket);
    const text = one.random.pick(requests);
    const bytes = one.random.once(3) ? text.slice(0, one.random.int(text.length + 1)) : text;
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
    socket.write(bytes, 'latin1');
    void elapse(one.random.int(20) / 10).then(() => socket.destroy());
  });
}

export const malformedActions: Actions = { 'malformed request': { weight: 8, run: send } };
