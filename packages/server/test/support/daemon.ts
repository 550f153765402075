import { Supervisor } from '@tsvisor/core';
import type { Config, GroupConfig } from '@tsvisor/core';
import { FakeClock, FakeKernel, RecordingLogger } from '@tsvisor/core/testing';

import type { DaemonControl, MethodContext } from '../../src/methods/context.ts';
import { MainLog } from '../../src/methods/main-log.ts';
import { config, program } from './config.ts';

export interface FakeDaemon extends MethodContext {
  readonly clock: FakeClock;
  readonly kernel: FakeKernel;
  readonly logger: RecordingLogger;
  /** The child of a process ends, with a status as waitpid(2) gives it. */
  readonly end: (name: string, status: number) => void;
  /** What a second reading of the configuration gives; throws if it is an error. */
  next: Config | Error;
}

/** A daemon whose time and children are in the test's hands. */
export function daemonOf(
  groups: readonly GroupConfig[],
  control: Partial<DaemonControl> = {},
): FakeDaemon {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const first = config(groups);
  const supervisor = new Supervisor({ config: first, clock, kernel, logger, reap: 'any' });
  supervisor.addGroups();
  const daemon: DaemonControl = {
    version: '4.4.0.dev0',
    pid: 77,
    identifier: 'supervisor',
    mainLog: { path: null, clear: () => undefined, subscribe: () => () => undefined },
    loadConfig: () => {
      if (fake.next instanceof Error) throw fake.next;
      return fake.next;
    },
    readProgram: ({ name, options }) => [program(name, { command: options['command'] ?? '' })],
    stop: (mood) => void supervisor.shutdown(mood),
    ...control,
  };
  const fake: FakeDaemon = {
    supervisor,
    daemon,
    mainLog: new MainLog(daemon.mainLog),
    clock,
    kernel,
    logger,
    next: first,
    end(name, status) {
      kernel.end(supervisor.find(name)[0]?.pid ?? 0, status);
      supervisor.reap();
    },
  };
  return fake;
}
