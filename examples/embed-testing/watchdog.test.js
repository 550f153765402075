// No process is started and no time passes: both are in the test's hands. `node --test`
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeClock, FakeKernel } from '@tsvisor/core/testing';

import { superviseWeb } from './watchdog.js';

const EXIT_1 = 1 << 8;

async function supervised() {
  const alarms = [];
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const alarm = (text) => alarms.push(text);
  const supervisor = await superviseWeb({ alarm, clock, kernel });
  return { alarms, clock, kernel, supervisor, web: supervisor.process('web') };
}

test('a web server that stays up is no reason for an alarm', async () => {
  const { alarms, clock, web } = await supervised();
  clock.advance(1000);
  assert.equal(web.state, 'RUNNING');
  assert.deepEqual(alarms, []);
});

test('one that exits three times before it is up is', async () => {
  const { alarms, clock, kernel, web } = await supervised();
  for (let start = 1; start <= 3; start++) {
    kernel.end(web.pid, EXIT_1);
    clock.advance(start * 1000);
  }
  assert.equal(web.state, 'FATAL');
  assert.deepEqual(alarms, ['web is down: Exited too quickly (process log may have details)']);
});

test('what it says can be read, and it is asked to stop by SIGTERM', async () => {
  const { clock, kernel, supervisor, web } = await supervised();
  const lines = web.lines();
  kernel.output(web.pid, 1, 'listening\n');
  assert.equal((await lines.next()).value, 'listening');

  const down = supervisor.shutdown();
  assert.deepEqual(kernel.child().signals, [15]);
  clock.advance(10_000);
  assert.deepEqual(kernel.child().signals, [15, 9]);
  kernel.end(kernel.child().pid, 9);
  await down;
});
