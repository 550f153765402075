// The actions that go on until the user has seen enough.
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

import { afterEach, expect, test } from '@jest/globals';

import { tsvctlProgram, tsvdProgram, waitFor } from '../support/sandbox.ts';
import { describeWithSupervisor, missing, supervisorctl, supervisord } from './installed.ts';
import { Stage } from './stage.ts';

const programs = `
[program:cat]
command=/bin/cat
[program:talk]
command=/bin/sh -c 'echo one; while read line; do echo "said $line"; done'
`;

let stage: Stage | undefined;
const clients: ChildProcessWithoutNullStreams[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.kill('SIGKILL');
  await stage?.close();
});

interface Session {
  readonly type: (text: string) => void;
  readonly shows: (text: string) => Promise<void>;
  /** Ctrl-C, and all that was printed. */
  readonly interrupt: () => Promise<string>;
  readonly endInput: () => void;
  readonly seen: () => string;
  /** Once it has ended by itself. */
  readonly over: () => Promise<string>;
}

function session(client: string, on: Stage, ...words: readonly string[]): Session {
  const command = ['-c', on.sandbox.path('supervisord.conf'), ...words];
  const child = spawn(client, command, {
    cwd: on.sandbox.folder,
    env: { ...process.env, PYTHONUNBUFFERED: '1', HOME: on.sandbox.folder },
  });
  clients.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  }
  let status: number | string | null | undefined;
  child.on('close', (code, signal) => (status = code ?? signal));
  const over = async (): Promise<string> => {
    await waitFor(`${client} to end after ${printed}`, () => status !== undefined);
    return `${on.masked(printed)}exit ${status}\n`;
  };
  return {
    type: (text) => void child.stdin.write(text),
    shows: async (text) =>
      void (await waitFor(`${client} to print ${text}`, () => printed.includes(text))),
    interrupt: () => {
      child.kill('SIGINT');
      return over();
    },
    endInput: () => void child.stdin.end(),
    seen: () => on.masked(printed),
    over,
  };
}

async function follow(client: string, on: Stage): Promise<string> {
  const tail = session(client, on, 'tail', '-f', 'talk');
  await tail.shows('one');
  const other = session(client, on, 'fg', 'talk');
  await other.shows('Press Ctrl-C');
  // supervisorctl needs a moment before it shows what comes.
  await new Promise((resolve) => void setTimeout(resolve, 500));
  other.type('hello\n');
  await tail.shows('said hello');
  await other.shows('said hello');
  other.endInput();
  await other.shows('Exiting foreground');
  // supervisorctl lingers until its program writes once more.
  return [other.seen(), await tail.interrupt()].join('---\n');
}

async function converse(client: string, on: Stage): Promise<string> {
  const shell = session(client, on);
  for (const line of [
    'status',
    'stop cat',
    '',
    'stat cat',
    'start cat',
    'pid nobody',
    'tail talk',
  ]) {
    shell.type(`${line}\n`);
  }
  shell.type('exit\n');
  return shell.over();
}

describeWithSupervisor(`what goes on shows the same${missing}`, () => {
  test.each(['tsvd', 'supervisord'])(
    'in tail -f, fg and the shell at %s, by tsvctl as by supervisorctl',
    async (daemon) => {
      stage = new Stage();
      await stage.open(daemon === 'tsvd' ? tsvdProgram : supervisord, programs);
      expect(await converse(tsvctlProgram, stage)).toBe(await converse(supervisorctl, stage));
      const real = await follow(supervisorctl, stage);
      expect(real).toContain('said hello');
      await stage.client(supervisorctl, ['clear', 'talk']);
      await stage.client(supervisorctl, ['restart', 'talk']);
      expect(await follow(tsvctlProgram, stage)).toBe(real);
    },
    60_000,
  );
});
