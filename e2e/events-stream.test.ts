import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, tsvctlProgram, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

test('tsvctl events tells what happens, as it happens, until Ctrl-C', async () => {
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=0');
  await sandbox.startDaemon();
  const config = ['-c', sandbox.path('supervisord.conf')];
  const events = sandbox.run(tsvctlProgram, [...config, 'events', 'PROCESS_STATE', 'TICK_5']);
  // It listens once the first tick has come.
  await waitFor('a tick', () => events.stdout().includes('TICK_5 when:'), 20_000);
  await sandbox.ctl('start', 'web');
  await waitFor('the event', () =>
    /^\S+Z PROCESS_STATE_RUNNING processname:web groupname:web from_state:STARTING pid:\d+$/m.test(
      events.stdout(),
    ),
  );
  events.process.kill('SIGINT');
  expect((await events.ended()).status).toBe(0);
}, 40_000);
