// Clients that are many, or slow, and others that want to be served meanwhile.
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from '../support/sandbox.ts';
import { descriptorsOf, memoryOf, peakMemoryOf, startAttacked } from './daemon.ts';
import type { Attacked } from './daemon.ts';
import { answersIn, basic, exchange, methodCall, post, withHead } from './wire.ts';
import type { Where } from './wire.ts';

let sandbox: Sandbox;
let attacked: Attacked;
const crowd: Socket[] = [];
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(async () => {
  for (const socket of crowd.splice(0)) socket.destroy();
  await sandbox.close();
});

const call = post(methodCall('supervisor.getPID'));

/** How long a client of its own is kept waiting for its answer, in ms. */
async function wait(where: Where, request = call): Promise<number> {
  const began = performance.now();
  const answers = answersIn(await exchange(where, [request]));
  expect(answers.map(({ status }) => status)).toEqual([200]);
  return performance.now() - began;
}

async function join(where: Where, count: number, greet = (_socket: Socket): void => undefined) {
  const sockets = Array.from({ length: count }, () => connect({ ...where }));
  crowd.push(...sockets);
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          // The daemon may close it, to make room.
          socket.on('error', () => resolve());
          socket.on('connect', () => {
            greet(socket);
            resolve();
          });
        }),
    ),
  );
}

/** A byte a second, for as long as the connection is there. */
function drip(socket: Socket): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(call.subarray(at, ++at));
  }, 1000);
  socket.on('close', () => clearInterval(timer));
}

test.each(['unix', 'tcp', 'guarded'] as const)(
  '200 clients that say nothing and 200 that say a byte a second keep nobody out of %s',
  async (door) => {
    attacked = await startAttacked(sandbox, '');
    const where = attacked[door];
    const before = descriptorsOf(attacked.pid);
    const request = post(
      methodCall('supervisor.getPID'),
      door === 'guarded' ? [basic('user:secret')] : [],
    );
    await join(where, 200);
    expect(await wait(where, request)).toBeLessThan(2000);
    await join(where, 200, drip);
    for (let n = 0; n < 5; n++) {
      expect(await wait(where, request)).toBeLessThan(2000);
      await new Promise((resolve) => void setTimeout(resolve, 500));
    }
    for (const socket of crowd.splice(0)) socket.destroy();
    await waitFor('its descriptors to be as before', () => descriptorsOf(attacked.pid) <= before);
  },
);

test('300 clients that guess passwords keep nobody out who knows it', async () => {
  attacked = await startAttacked(sandbox, '');
  const where = attacked.guarded;
  const guess = withHead(['GET /ok.html HTTP/1.1', basic('user:guess')]);
  let isOver = false;
  const guesser = async (): Promise<void> => {
    while (!isOver) await exchange(where, [guess]);
  };
  const guessers = Array.from({ length: 300 }, guesser);
  try {
    const right = post(methodCall('supervisor.getPID'), [basic('user:secret')]);
    for (let n = 0; n < 10; n++) {
      expect(await wait(where, right)).toBeLessThan(2000);
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  } finally {
    isOver = true;
    await Promise.all(guessers);
  }
});

test('a client that follows a log and never reads costs no more than a buffer', async () => {
  attacked = await startAttacked(
    sandbox,
    `[program:burst]
command=/bin/sh -c 'read line; yes 0123456789 | head -c 200000000; echo done >&2; exec sleep 1000'
stdout_logfile=${sandbox.path('burst.log')}
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
stderr_logfile=${sandbox.path('burst.err')}`,
  );
  const { unix, tcp, pid } = attacked;
  for (const where of [unix, tcp]) {
    await join(where, 5, (socket) => {
      socket.pause();
      socket.write(withHead(['GET /logtail/burst HTTP/1.1']));
    });
  }
  const memory = memoryOf(pid);
  await exchange(unix, [post(methodCall('supervisor.sendProcessStdin', 'burst', 'go\n'))]);
  await waitFor('all to be written', () => sandbox.read('burst.err').includes('done'), 40_000);
  expect(peakMemoryOf(pid) - memory).toBeLessThan(80);
  expect(await wait(unix)).toBeLessThan(2000);
  expect(await wait(tcp)).toBeLessThan(2000);
}, 60_000);
