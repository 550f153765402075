import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { runFleet } from '../../src/fleet/run-fleet.ts';
import type { Server } from '../../src/remote.ts';
import { FakeOutput, FakeRemote, processInfo, systemError } from '../fake.ts';

let folder: string;
let inventory: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctl-'));
  inventory = join(folder, 'hosts');
  writeFileSync(
    inventory,
    '; ours\npassword = "se;cret"\n[eu.web]\nusername = joe\nweb1 = one\nweb2 = http://two:9001\n' +
      '[web]\ngroups[] = eu.web\n',
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly out: string;
  readonly status: number;
  readonly servers: readonly Server[];
}

async function run(line: string, file = inventory, username: string | null = null): Promise<Ran> {
  const output = new FakeOutput();
  const servers: Server[] = [];
  const connect = (server: Server): FakeRemote => {
    servers.push(server);
    const isUp = server.url === 'http://one:9001';
    return new FakeRemote({
      getVersion: isUp ? '3.0' : systemError('ECONNREFUSED'),
      getSupervisorVersion: '4.2.5',
      getAllProcessInfo: [processInfo('a', 'RUNNING')],
    });
  };
  const options = { inventory: file, names: ['web'], parallel: null, stopsOnError: false };
  const credentials = { username, password: username };
  const status = await runFleet(options, line, credentials, connect, output);
  return { out: output.text, status, servers };
}

test('each host has its lines in one table', async () => {
  const { out, status } = await run('status');
  expect(out).toBe(
    `web1  ${'a'.padEnd(33)}RUNNING   pid 42, uptime 0:12:21\n` +
      'web2  http://two:9001 refused connection\n',
  );
  expect(status).toBe(1);
});

test('--json makes one document of all', async () => {
  const { out } = await run('version --json');
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    hosts: [
      { host: 'web1', exitStatus: 0, result: { supervisor: '4.2.5' } },
      { host: 'web2', exitStatus: 4, error: 'http://two:9001 refused connection' },
    ],
  });
});

test('credentials of the command line come before those of the inventory', async () => {
  const { servers } = await run('version', inventory, 'ops');
  expect(servers.map((server) => server.username)).toEqual(['ops', 'ops']);
});

test('the hosts have the credentials of the inventory', async () => {
  expect((await run('version')).servers).toEqual([
    { url: 'http://one:9001', username: 'joe', password: 'se;cret' },
    { url: 'http://two:9001', username: 'joe', password: 'se;cret' },
  ]);
});

test.each(['fg a', 'tail -f a', 'maintail -f', 'open http://x', 'status --watch'])(
  '%s cannot be run on several hosts',
  async (line) => {
    await expect(run(line)).rejects.toThrow(`${line} cannot be run on several hosts`);
  },
);

test('an inventory that is not there is told by its name', async () => {
  await expect(run('status', '/nonexistent/hosts')).rejects.toThrow(
    'could not find inventory file /nonexistent/hosts',
  );
});
