import { expect, test } from '@jest/globals';

import type { SpawnRequest, Spawned } from '../../src/kernel.ts';
import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, program } from '../support/config.ts';

const SPAWN_MS = 10;

/** A busy machine. */
class SlowKernel extends FakeKernel {
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  override spawn(request: SpawnRequest): Spawned {
    this.#clock.lag(SPAWN_MS);
    return super.spawn(request);
  }
}

test('while many programs are started again at once, others get their turn', () => {
  const clock = new FakeClock();
  const kernel = new SlowKernel(clock);
  const processes = Array.from({ length: 20 }, (_, index) =>
    program(`quick${index}`, { autorestart: true, startSeconds: 0 }),
  );
  const group = { type: 'program', name: 'quick', priority: 999, processes } as const;
  const supervisor = new Supervisor({
    config: config([group]),
    clock,
    kernel,
    logger: new RecordingLogger(),
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(500);
  expect(kernel.children).toHaveLength(20);
  for (const { pid } of kernel.children) kernel.end(pid, 0);
  supervisor.reap();
  // By then all of them are due.
  clock.lag(1000);

  // Somebody who wants to be heard every few milliseconds.
  let [last, longest] = [clock.monotonic(), 0];
  const listen = (): void => {
    longest = Math.max(longest, clock.monotonic() - last);
    last = clock.monotonic();
    clock.after(1, listen);
  };
  clock.after(1, listen);
  clock.advance(2000);
  expect(kernel.children).toHaveLength(40);
  expect(longest).toBeLessThan(5 * SPAWN_MS);
});
