import { expect, test } from '@jest/globals';

import { RecordingLogger } from '@tsvisor/core/testing';

import { enterBackground } from '../src/background.ts';

function enter(directory: string | null, changeDirectory: () => void = () => undefined): string[] {
  const logger = new RecordingLogger();
  const did: string[] = [];
  enterBackground(
    { directory, umask: 0o27 },
    {
      changeDirectory,
      setUmask: (mask) => void did.push(`umask ${mask.toString(8)}`),
      letGoOfStreams: () => void did.push('streams'),
      describeErrno: (errno) => (errno === 2 ? 'No such file or directory' : '?'),
    },
    logger,
  );
  expect(did).toEqual(['streams', 'umask 27']);
  return logger.lines;
}

const daemonizing = [
  'blather supervisord forked; parent exiting',
  'info daemonizing the supervisord process',
];

test('without directory= it stays where it is', () => {
  expect(enter(null)).toEqual(daemonizing);
});

test('with directory= it says where it went', () => {
  expect(enter("/it's")).toEqual([...daemonizing, 'info set current directory: "/it\'s"']);
});

test('a directory that is gone is told, and it goes on', () => {
  const missing = (): void => {
    throw Object.assign(new Error('ENOENT'), { errno: -2 });
  };
  expect(enter('/x', missing)).toEqual([
    ...daemonizing,
    "critical can't chdir into '/x': [Errno 2] No such file or directory: '/x'",
  ]);
});
