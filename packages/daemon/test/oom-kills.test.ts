import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { EventBus } from '@tsvisor/core';
import { RecordingLogger } from '@tsvisor/core/testing';

import { oomKills, watchOomKills } from '../src/oom-kills.ts';
import { inFolder } from './support/folder.ts';

test('both versions of cgroups are read', () =>
  inFolder((folder) => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    writeFileSync(two, 'low 0\noom 3\noom_kill 2\n');
    writeFileSync(one, 'oom_kill_disable 0\nunder_oom 0\noom_kill 5\n');
    expect(oomKills([two, one])).toBe(2);
    expect(oomKills([join(folder, 'none'), one])).toBe(5);
    expect(oomKills([join(folder, 'none')])).toBe(0);
  }));

/** A process that has ended by this signal, and what is said about it. */
function ended(endedBy: number | null, counts: readonly number[]): readonly string[] {
  const logger = new RecordingLogger();
  const events = new EventBus(() => undefined);
  const left = [...counts];
  const group = () => ({ process: () => ({ facts: { endedBy } }) });
  watchOomKills({ events, group } as never, logger, () => left.shift() ?? 0);
  const process = { name: 'web', group: 'web' };
  events.emit({ type: 'PROCESS_STATE_EXITED', process, from: 'RUNNING', pid: 1, expected: false });
  return logger.lines;
}

test('a SIGKILL while the count grew is told', () => {
  expect(ended(9, [1, 2])).toEqual([
    "warn out of memory: the kernel has killed processes of this cgroup, 'web' probably among them",
  ]);
});

test.each([
  ['a SIGKILL of somebody', 9, [1, 1]],
  ['another end', 15, [1, 2]],
] as const)('%s is not', (_what, endedBy, counts) => {
  expect(ended(endedBy, counts)).toEqual([]);
});
