import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { builtInTable } from '../../src/methods/interfaces.ts';
import { channel, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { folder } from '../support/folder.ts';

let path: string;
beforeEach(() => {
  path = join(folder(), 'log');
});

const setUp = (mainLogPath: string | null = path) => {
  const stdout = channel({ logfile: { to: 'file', path } });
  const mainLog = {
    path: mainLogPath,
    clear: () => writeFileSync(path, ''),
    subscribe: () => () => undefined,
  };
  const daemon = daemonOf([single('web', { stdout }), single('none')], { mainLog });
  const table = builtInTable(daemon);
  return {
    ...daemon,
    call: async (name: string, ...parameters: RpcValue[]) =>
      findMethod(table, `supervisor.${name}`).call(parameters),
  };
};

describe('the log of a process', () => {
  test('is read by offset and length', async () => {
    writeFileSync(path, '0123456789');
    const { call } = setUp();
    expect(await call('readProcessStdoutLog', 'web', -3, 0)).toBe('789');
    expect(await call('readProcessLog', 'web', 8, 10)).toBe('89');
    expect(await call('readProcessLog', 'web', '0', '4')).toBe('0123');
    await expect(call('readProcessLog', 'web', -3, 1)).rejects.toMatchObject({
      code: 3,
      text: 'BAD_ARGUMENTS',
    });
  });

  test('may be cut within a character', async () => {
    writeFileSync(path, 'hé');
    expect(await setUp().call('readProcessLog', 'web', 0, 2)).toBe('h\ufffd');
  });

  test('that is not there has a name, or none', async () => {
    const { call } = setUp();
    await expect(call('readProcessLog', 'web', 0, 0)).rejects.toMatchObject({
      code: 20,
      text: `NO_FILE: ${path}`,
    });
    await expect(call('readProcessStderrLog', 'none', 0, 0)).rejects.toMatchObject({
      code: 20,
      text: 'NO_FILE',
    });
    await expect(call('readProcessLog', 'web:*', 0, 0)).rejects.toMatchObject({ code: 10 });
  });

  test('is followed by its size', async () => {
    writeFileSync(path, 'héllo\n');
    const { call } = setUp();
    expect(await call('tailProcessStdoutLog', 'web', 0, 3)).toEqual(['lo\n', 7, true]);
    expect(await call('tailProcessLog', 'web', 7, 5)).toEqual(['', 7, false]);
    expect(await call('tailProcessStderrLog', 'none', 5, 3)).toEqual(['', 0, false]);
  });

  test('is emptied while the process runs, and left alone otherwise', async () => {
    const { call, kernel, supervisor } = setUp();
    writeFileSync(path, 'old');
    expect(await call('clearProcessLogs', 'web')).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('old');
    supervisor.find('web')[0]?.beginStart();
    kernel.output(kernel.child().pid, 1, 'new');
    expect(await call('clearProcessLog', 'web')).toBe(true);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe('');
    expect(await call('clearAllProcessLogs')).toEqual([
      { name: 'web', group: 'web', status: 80, description: 'OK' },
      { name: 'none', group: 'none', status: 80, description: 'OK' },
    ]);
  });
});

describe('the main log', () => {
  test('is read and cleared', async () => {
    writeFileSync(path, 'line\n');
    const { call } = setUp();
    expect(await call('readLog', -3, 0)).toBe('ne\n');
    expect(await call('clearLog')).toBe(true);
    expect(await call('readMainLog', 0, 0)).toBe('');
  });

  test('in syslog cannot be read', async () => {
    await expect(setUp(null).call('readLog', 0, 0)).rejects.toMatchObject({
      text: 'NO_FILE: syslog',
    });
  });
});

describe('standard input', () => {
  test('takes text, once there is a process', async () => {
    const { call, kernel, supervisor } = setUp();
    await expect(call('sendProcessStdin', 'web', 5)).rejects.toMatchObject({
      text: 'INCORRECT_PARAMETERS: 5',
    });
    await expect(call('sendProcessStdin', 'web', 'x')).rejects.toMatchObject({
      text: 'NOT_RUNNING: web',
    });
    supervisor.find('web')[0]?.beginStart();
    expect(await call('sendProcessStdin', 'web', 'né\n')).toBe(true);
    expect(kernel.child().stdin).toBe('né\n');
  });
});
