import { createRequire } from 'node:module';

import type * as ws from 'ws';

import { namespec } from '../programs.ts';
import { elapse } from '../wait.ts';
import type { Actions, Context } from './context.ts';

const fromServer = createRequire(new URL('../../../packages/server/package.json', import.meta.url));
const { WebSocket } = fromServer('ws') as typeof ws;

type Wish = Readonly<Record<string, unknown>>;

const wishes = (one: Context): readonly Wish[] => [
  { to: 'states' },
  { to: 'usage', every: 1 },
  { to: 'events', names: ['EVENT'] },
  { to: 'log', process: namespec(one.random.pick(one.programs)), backlog: 50_000 },
  { to: 'log', process: namespec(one.random.pick(one.programs)), channel: 'stderr' },
  { to: 'mainlog', backlog: 10_000 },
];

/** Subscribes to some things, does what `misbehave` says, and leaves. */
async function subscribe(
  one: Context,
  misbehave: (socket: ws.WebSocket) => Promise<void>,
): Promise<void> {
  const socket = new WebSocket(`ws+unix:${one.daemon.ground.socket}:/api/v1/stream`);
  let messages = 0;
  socket.on('message', () => (messages += 1));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  for (const [index, wish] of one.random.list(1, 6, () => one.random.pick(wishes(one))).entries()) {
    socket.send(JSON.stringify({ type: 'subscribe', id: String(index), ...wish }));
  }
  await misbehave(socket);
  socket.terminate();
  one.tally.count('messages of streams', messages);
}

export const streamActions: Actions = {
  'stream subscriber': {
    weight: 6,
    run: (one) => subscribe(one, () => elapse(one.random.between(1, 6))),
  },
  'stream subscriber that is slow': {
    weight: 4,
    run: (one) =>
      subscribe(one, async (socket) => {
        socket.pause();
        await elapse(one.random.between(2, 10));
        socket.resume();
        await elapse(1);
      }),
  },
  'stream subscriber that vanishes': { weight: 4, run: (one) => subscribe(one, () => elapse(0)) },
  'stream subscriber that talks nonsense': {
    weight: 2,
    run: (one) =>
      subscribe(one, async (socket) => {
        for (const text of ['{', '[]', '{"type":"subscribe"}', '{"type":"unsubscribe","id":"9"}'])
          socket.send(text);
        await elapse(0.2);
      }),
  },
};
