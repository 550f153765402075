import { describe, expect, test } from '@jest/globals';

import type { GroupConfig } from '@tsvisor/core';

import { Metrics } from '../../src/metrics/endpoint.ts';
import { formatFor } from '../../src/metrics/negotiate.ts';
import { metrics as table } from '../../src/metrics/table.ts';
import { group, program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { readExposition } from '../support/exposition.ts';
import type { ReadSample } from '../support/exposition.ts';
import { request, textOf } from '../support/request.ts';

function watched(groups: readonly GroupConfig[]) {
  const daemon = daemonOf(groups);
  const metrics = new Metrics(daemon.supervisor, '4.4.0.dev0');
  return {
    ...daemon,
    metrics,
    /** The samples of a metric. */
    read: (name: string): readonly ReadSample[] =>
      readExposition(metrics.text('text'), 'text').get(name)?.samples ?? [],
    /** The one value of a process. */
    valueFor: (name: string, process: string): number | undefined => {
      const { samples } = readExposition(metrics.text('text'), 'text').get(name) ?? { samples: [] };
      return samples.find(({ labels }) => labels['name'] === process)?.value;
    },
  };
}

describe('what node_exporter would tell', () => {
  test('a process is up as long as a child is there, and only then has a start time', () => {
    const { supervisor, clock, end, valueFor } = watched([
      single('web', { startSeconds: 1, autorestart: false }),
    ]);
    const all = (): unknown[] =>
      ['up', 'state', 'exit_status', 'start_time_seconds'].map((name) =>
        valueFor(`node_supervisord_${name}`, 'web'),
      );
    expect(all()).toEqual([0, 0, 0, undefined]);
    const [web] = supervisor.find('web');
    web!.beginStart();
    const startedAt = Math.floor(clock.now() / 1000);
    expect(all()).toEqual([1, 10, 0, startedAt]);
    clock.advance(1000);
    expect(all()).toEqual([1, 20, 0, startedAt]);
    end('web', 3 << 8);
    expect(all()).toEqual([0, 100, 3, undefined]);
  });

  test('its metrics have its types, words and labels', () => {
    const families = readExposition(watched([single('web')]).metrics.text('text'), 'text');
    expect(families.get('node_supervisord_up')).toEqual({
      name: 'node_supervisord_up',
      type: 'gauge',
      help: 'Process Up',
      samples: [{ name: 'node_supervisord_up', labels: { name: 'web', group: 'web' }, value: 0 }],
    });
  });

  test('a process that waits to be tried again is not up, one that stops is', () => {
    const { supervisor, end, valueFor } = watched([
      single('flaky', { startSeconds: 5 }),
      single('slow', { startSeconds: 0 }),
    ]);
    for (const name of ['flaky', 'slow']) supervisor.find(name)[0]!.beginStart();
    end('flaky', 1 << 8);
    supervisor.find('slow')[0]!.beginStop();
    expect(valueFor('node_supervisord_state', 'flaky')).toBe(30);
    expect(valueFor('node_supervisord_up', 'flaky')).toBe(0);
    expect(valueFor('node_supervisord_state', 'slow')).toBe(40);
    expect(valueFor('node_supervisord_up', 'slow')).toBe(1);
  });
});

describe('counts', () => {
  const row = { parent: 1, session: 1, memoryBytes: 4096 };

  test('go on when a group is removed and added again', () => {
    const { supervisor, kernel, end, read } = watched([
      single('web', { startSeconds: 0, autorestart: false }),
    ]);
    const counted = (): number[] =>
      [
        'tsvisor_process_spawns_total',
        'tsvisor_process_restarts_total',
        'tsvisor_process_log_bytes_total',
        'tsvisor_process_cpu_seconds_total',
      ].flatMap((name) => read(name).map(({ value }) => value));
    const live = (cpuSeconds: number): void => {
      supervisor.find('web')[0]!.beginStart();
      const { pid } = supervisor.find('web')[0]!;
      kernel.output(pid, 1, 'twelve bytes');
      kernel.table = [{ ...row, pid, group: pid, cpuSeconds }];
    };
    live(2);
    expect(counted()).toEqual([1, 0, 12, 0, 2]);
    end('web', 0);
    live(1.5);
    expect(counted()).toEqual([2, 1, 24, 0, 3.5]);
    end('web', 0);
    supervisor.removeGroup('web');
    expect(read('tsvisor_process_spawns_total')).toEqual([]);
    supervisor.addGroup('web');
    expect(counted()).toEqual([2, 1, 24, 0, 3.5]);
    live(1);
    expect(counted()).toEqual([3, 1, 36, 0, 4.5]);
  });

  test('of CPU time do not go back when one of the tree has ended', () => {
    const { supervisor, kernel, valueFor } = watched([single('web', { startSeconds: 0 })]);
    supervisor.find('web')[0]!.beginStart();
    const { pid } = supervisor.find('web')[0]!;
    const own = { ...row, pid, group: pid, cpuSeconds: 1 };
    kernel.table = [own, { ...row, pid: 2000, group: pid, cpuSeconds: 5 }];
    expect(valueFor('tsvisor_process_cpu_seconds_total', 'web')).toBe(6);
    expect(valueFor('tsvisor_process_tree_size', 'web')).toBe(2);
    kernel.table = [own];
    expect(valueFor('tsvisor_process_cpu_seconds_total', 'web')).toBe(6);
    expect(valueFor('tsvisor_process_resident_memory_bytes', 'web')).toBe(4096);
  });
});

test('pools of event listeners tell what waits, what was dropped, and who listens', () => {
  const pool: GroupConfig = {
    type: 'eventlistener',
    name: 'pool',
    priority: -1,
    processes: [program('ear', { startSeconds: 0 })],
    events: ['PROCESS_GROUP'],
    bufferSize: 2,
    resultHandler: 'supervisor.dispatchers:default_handler',
    recoversListeners: false,
  };
  const { supervisor, read } = watched([pool, single('a'), single('b')]);
  const values = (name: string): number[] => read(name).map(({ value }) => value);
  expect(values('tsvisor_events_buffered')).toEqual([2]);
  expect(values('tsvisor_events_buffer_size')).toEqual([2]);
  const before = values('tsvisor_events_discarded_total')[0]!;
  supervisor.removeGroup('a');
  expect(values('tsvisor_events_discarded_total')).toEqual([before + 1]);
  expect(read('tsvisor_listener_state').filter(({ value }) => value === 1)).toEqual([
    expect.objectContaining({ labels: { name: 'ear', group: 'pool', state: 'ACKNOWLEDGED' } }),
  ]);
  supervisor.removeGroup('pool');
  expect(values('tsvisor_events_discarded_total')).toEqual([]);
  supervisor.addGroup('pool');
  expect(values('tsvisor_events_discarded_total')).toEqual([before + 1]);
});

describe('the text', () => {
  const hostile = ['a"b', 'back\\slash', 'näme ✓', 'brace}{,=', 'new\nline', '\\n', 'x y'];

  test.each(['text', 'openmetrics'] as const)('is strictly right for odd names: %s', (format) => {
    const { metrics } = watched([
      group(
        'odd "group"\\',
        hostile.map((name) => program(name)),
      ),
    ]);
    const families = readExposition(metrics.text(format), format);
    const up = families.get('node_supervisord_up')!.samples;
    expect(up.map(({ labels }) => labels['name'])).toEqual(hostile);
    expect(new Set(up.map(({ labels }) => labels['group']))).toEqual(new Set(['odd "group"\\']));
  });

  test('every counter but the one of node_exporter ends in _total', () => {
    const counters = table.filter(({ type }) => type === 'counter').map(({ name }) => name);
    expect(counters.filter((name) => !name.endsWith('_total'))).toEqual([
      'node_supervisord_start_time_seconds',
    ]);
  });

  test('every name stands once in the table, and every gauge does not end in _total', () => {
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
    const gauges = table.filter(({ type }) => type === 'gauge').map(({ name }) => name);
    expect(gauges.filter((name) => /_(?:total|count|sum|bucket|created)$/.test(name))).toEqual([]);
  });

  test('the daemon tells of itself', () => {
    const { read } = watched([]);
    for (const { name } of table.filter(({ name: one }) => /^(?:process|nodejs)_/.test(one))) {
      expect(read(name)).toEqual([{ name, labels: {}, value: expect.any(Number) }]);
    }
    expect(read('tsvisor_info')[0]!.labels).toEqual({
      api_version: '4.4.0.dev0',
      identifier: 'supervisor',
      node_version: process.version,
    });
  });
});

describe('the format', () => {
  test.each([
    [undefined, 'text'],
    ['', 'text'],
    ['*/*', 'text'],
    ['text/plain', 'text'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text'],
    ['application/openmetrics-text', 'openmetrics'],
    ['application/openmetrics-text; version="1.0.0"', 'openmetrics'],
    ['application/openmetrics-text;version=0.0.1', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
    ['application/openmetrics-text;q=0.2,text/plain;q=0.9', 'text'],
    ['application/openmetrics-text;q=nonsense', 'text'],
    [
      // What Prometheus 3 sends.
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
        'application/openmetrics-text;version=0.0.1;q=0.5,' +
        'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      'openmetrics',
    ],
  ] as const)('for Accept: %s is %s', (accept, format) => {
    expect(formatFor(accept)).toBe(format);
  });

  test('is named in the answer', () => {
    const { metrics } = watched([]);
    const typeFor = (accept: string): string | undefined =>
      metrics
        .answer(request('/metrics', { accept }))
        .headers.find(([name]) => name === 'Content-Type')?.[1];
    expect(typeFor('*/*')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(typeFor('application/openmetrics-text')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    expect(textOf(metrics.answer(request('/metrics')))).toMatch(/^# HELP tsvisor_ready /);
  });

  test('pages of other sites get nothing, and nobody can post', () => {
    const { metrics } = watched([]);
    expect(() => metrics.answer(request('/metrics', { 'sec-fetch-site': 'cross-site' }))).toThrow(
      expect.objectContaining({ status: 403 }),
    );
    expect(metrics.answer(request('/metrics', {}, 'POST'))).toMatchObject({
      status: 405,
      headers: expect.arrayContaining([['Allow', 'GET, HEAD']]),
    });
  });
});
