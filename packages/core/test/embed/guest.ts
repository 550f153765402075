import { Supervisor } from '../../src/index.ts';
import type { CreateOptions, ProgramOptions } from '../../src/index.ts';
import { FakeClock, FakeKernel } from '../../src/testing/index.ts';

export interface Guest {
  readonly supervisor: Supervisor;
  readonly clock: FakeClock;
  readonly kernel: FakeKernel;
}

/** A supervisor of `web` that is a guest in a program, whose time and children are in the test's hands. */
export async function guest(
  web: Partial<ProgramOptions> = {},
  more: CreateOptions = {},
): Promise<Guest> {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const programs = { web: { command: '/bin/sh', ...web }, ...more.programs };
  const supervisor = await Supervisor.create({ ...more, programs, clock, kernel });
  return { supervisor, clock, kernel };
}

export const EXIT_1 = 1 << 8;
