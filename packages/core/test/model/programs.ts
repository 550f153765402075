// The programs that the model supervises. Names stand; everything else follows from a number.
import type { Config, GroupConfig, ProcessConfig } from '@tsvisor/config';

import { channel, config, program } from '../../src/testing/configs.ts';
import { Random } from './random.ts';
import type { Setting } from './step.ts';

const names = {
  web: ['web_0', 'web_1', 'web_2'],
  db: ['db'],
  job: ['job_0', 'job_1'],
  mix: ['first', 'second', 'third'],
  ears: ['ear_0', 'ear_1'],
  fast: ['fast_0', 'fast_1'],
} as const;

export const groupNames = Object.keys(names) as (keyof typeof names)[];
/** Of programs that somebody adds without a configuration. */
export const EXTRA = 'extra';
/** As `group:process`. */
export const processKeys: readonly string[] = groupNames.flatMap((group) =>
  [...names[group], ...(group === 'web' ? [EXTRA] : [])].map((name) => `${group}:${name}`),
);
/** Counts what listeners have dealt with. */
export const RESULT_HANDLER = 'model:handler';

/** The groups of a configuration; most of them are there. */
export function groupsOf(variant: number): GroupConfig[] {
  const random = new Random(variant);
  return groupNames.flatMap((name) => (random.chance(88) ? [groupOf(name, random)] : []));
}

export const configOf = (variant: number, { order, timeoutSeconds }: Setting): Config =>
  config(groupsOf(variant), { shutdownOrder: order, shutdownTimeoutSeconds: timeoutSeconds });

function groupOf(name: keyof typeof names, random: Random): GroupConfig {
  const common = processOf('', random);
  const processes = names[name].map((one) =>
    name === 'mix' ? processOf(one, random) : { ...common, name: one },
  );
  const any = { name, priority: random.pick([1, 5, 5, 10, 999]), processes };
  if (name === 'ears') {
    return {
      ...any,
      type: 'eventlistener',
      processes: processes.map((process) => ({ ...process, redirectStderr: false })),
      events: random.pick([['PROCESS_STATE'], ['EVENT'], ['PROCESS_STATE_EXITED', 'TICK_5']]),
      bufferSize: random.pick([1, 3, 10]),
      resultHandler: RESULT_HANDLER,
      recoversListeners: random.chance(50),
    };
  }
  if (name === 'fast') {
    const socket = { family: 'tcp', host: '127.0.0.1', port: 9000, backlog: null } as const;
    return { ...any, type: 'fcgi-program', socket };
  }
  return { ...any, type: 'program' };
}

/** A process with habits. */
export function processOf(name: string, random: Random): ProcessConfig {
  const wholeGroup = random.chance(30);
  const logfile = { to: random.chance(20) ? 'auto' : 'none' } as const;
  return program(name, {
    command: random.chance(3) ? '/no/such/command' : '/bin/sh',
    priority: random.pick([1, 5, 10, 999]),
    autostart: random.chance(80),
    autorestart: random.pick([true, false, 'unexpected']),
    startSeconds: random.pick([0, 0, 1, 1, 5]),
    startRetries: random.pick([0, 1, 3]),
    stopSignal: random.pick([15, 15, 2, 9]),
    stopWaitSeconds: random.pick([0, 1, 3]),
    stopAsGroup: wholeGroup,
    killAsGroup: wholeGroup || random.chance(30),
    exitCodes: random.pick([[0], [0, 2], []]),
    redirectStderr: random.chance(20),
    onFatal: random.chance(3) ? 'shutdown' : 'ignore',
    onExit: random.chance(3) ? random.pick(['shutdown', 'shutdown_if_unexpected']) : 'ignore',
    stdout: channel({ logfile, eventsEnabled: random.chance(20) }),
    stderr: channel({ logfile: { to: 'none' }, eventsEnabled: random.chance(20) }),
  });
}
