import { expect, test } from '@jest/globals';

import { CollectedOutput } from '../../src/fleet/collected-output.ts';
import {
  exitStatusOf,
  printDocument,
  printTable,
  runOnHosts,
  type HostResult,
  type RunOnHost,
} from '../../src/fleet/fleet.ts';
import { FakeOutput } from '../fake.ts';

const host = (
  label: string,
): { label: string; server: { url: string; username: null; password: null } } => ({
  label,
  server: { url: `http://${label}:9001`, username: null, password: null },
});
const hosts = ['a', 'bb', 'c'].map(host);
const makeOutput = (): CollectedOutput => new CollectedOutput(false);
const allAtOnce = { parallel: null, stopsOnError: false };

test('all hosts are asked at once, and shown in their order', async () => {
  let running = 0;
  let most = 0;
  const run: RunOnHost = async ({ label }, output) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    output.write(`${label}: started\n`);
    running -= 1;
    return 0;
  };
  const results = await runOnHosts(hosts, allAtOnce, makeOutput, run);
  const output = new FakeOutput();
  printTable(results, output);
  expect(output.text).toBe('a   a: started\nbb  bb: started\nc   c: started\n');
  expect(most).toBe(3);
  expect(exitStatusOf(results)).toBe(0);
});

test('no more hosts are asked at a time than said', async () => {
  let running = 0;
  let most = 0;
  await runOnHosts(hosts, { parallel: 2, stopsOnError: false }, makeOutput, async () => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return 0;
  });
  expect(most).toBe(2);
});

test('after a failure no further host is asked if so wished, and the exit status is 1', async () => {
  const fails: RunOnHost = ({ label }, output) => {
    output.write('no\n');
    return Promise.resolve(label === 'bb' ? 7 : 0);
  };
  const results = await runOnHosts(hosts, { parallel: 1, stopsOnError: true }, makeOutput, fails);
  const output = new FakeOutput();
  printTable(results, output);
  expect(output.text).toBe('a   no\nbb  no\nc   not asked\n');
  expect(exitStatusOf(results)).toBe(1);
});

test('rows of status tables share their columns', () => {
  const rows = ['x'.repeat(35), 'y'].map((name) => ({ name, state: 'RUNNING', description: 'up' }));
  const results = rows.map((row, at): HostResult => {
    const output = makeOutput();
    output.write('one line\n');
    output.takeRows([row]);
    return { host: host(`h${at}`), output, status: 0 };
  });
  const output = new FakeOutput();
  printTable(results, output);
  expect(output.text).toBe(
    `h0  one line\nh0  ${'x'.repeat(35)}   RUNNING   up\n` +
      `h1  one line\nh1  ${'y'.padEnd(38)}RUNNING   up\n`,
  );
});

test('as JSON there is one document, with what was complained of where there is no result', () => {
  const good = makeOutput();
  good.write('{"version":1}\n');
  const bad = makeOutput();
  bad.write('http://bb:9001 refused connection\n');
  const output = new FakeOutput();
  printDocument(
    [
      { host: host('a'), output: good, status: 0 },
      { host: host('bb'), output: bad, status: 4 },
    ],
    output,
  );
  expect(JSON.parse(output.text)).toEqual({
    version: 1,
    hosts: [
      { host: 'a', serverUrl: 'http://a:9001', exitStatus: 0, result: { version: 1 } },
      {
        host: 'bb',
        serverUrl: 'http://bb:9001',
        exitStatus: 4,
        error: 'http://bb:9001 refused connection',
      },
    ],
  });
});
