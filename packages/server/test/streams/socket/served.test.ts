import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

import { openServers } from '../../../src/serve.ts';
import type { Server } from '../../../src/serve.ts';
import { channel, inetServer, single, unixServer } from '../../support/config.ts';
import { daemonOf } from '../../support/daemon.ts';
import type { FakeDaemon } from '../../support/daemon.ts';
import { folder } from '../../support/folder.ts';
import { ask } from '../../support/raw.ts';
import { waitFor } from '../../support/wait-for.ts';

type Told = Record<string, unknown>;

const closings: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

class Client {
  readonly ws: WebSocket;
  readonly told: Told[] = [];
  code: number | undefined;

  constructor(url: string, options: ClientOptions = {}) {
    this.ws = new WebSocket(url, options);
    this.ws.on('message', (data) => this.told.push(JSON.parse(data.toString()) as Told));
    this.ws.on('close', (code) => (this.code = code));
    this.ws.on('error', () => undefined);
    closings.push(() => this.ws.terminate());
  }

  async say(message: unknown): Promise<void> {
    await waitFor('the stream to open', () => this.ws.readyState === WebSocket.OPEN);
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async next(type: string): Promise<Told> {
    await waitFor(`a message of type ${type}, beside ${JSON.stringify(this.told)}`, () =>
      this.told.some((one) => one['type'] === type),
    );
    return this.told.splice(
      this.told.findIndex((one) => one['type'] === type),
      1,
    )[0]!;
  }
}

async function serve(fake: FakeDaemon, change: Parameters<typeof inetServer>[0] = {}) {
  const path = join(folder(), 's');
  const servers = await openServers([unixServer(path), inetServer(change)], fake.supervisor, {
    daemon: fake.daemon,
    logger: fake.logger,
    clock: fake.clock,
    rpcInterfaces: [],
  });
  const close = (): Promise<unknown> => Promise.all(servers.map((one: Server) => one.close()));
  closings.push(close);
  const port = servers[1]!.port!;
  return { path, port, close, url: `ws://127.0.0.1:${port}/api/v1/stream` };
}

test('states are told whole, then each change, over TCP and unix sockets', async () => {
  const fake = daemonOf([single('web')]);
  const { path, url } = await serve(fake);
  for (const client of [new Client(url), new Client(`ws+unix://${path}:/api/v1/stream`)]) {
    await client.say({ type: 'subscribe', id: 'a', to: 'states' });
    expect(await client.next('subscribed')).toEqual({ type: 'subscribed', id: 'a' });
    expect(await client.next('states')).toMatchObject({
      id: 'a',
      supervisor: { state: 'RUNNING' },
      processes: [{ namespec: 'web', state: 'STOPPED', pid: null }],
    });
    fake.supervisor.find('web')[0]!.start();
    expect(await client.next('state')).toMatchObject({
      id: 'a',
      process: { namespec: 'web', state: 'STARTING', pid: expect.any(Number) },
    });
    fake.end('web', 0);
    fake.supervisor.find('web')[0]!.stop();
  }
});
