// A program that writes as fast as it can, what it writes, and how its daemon fares meanwhile.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';

import { clientOf } from './rpc.ts';
import type { Sandbox } from './sandbox.ts';
import { waitFor } from './sandbox.ts';

const FIRST = 10_000_000;
const LINE_BYTES = 9;

export const fastLogBytes = (lines: number): number => lines * LINE_BYTES;

/** A program `fast` that is started by hand, and its log, which is there already. */
export function fastProgram(sandbox: Sandbox, lines: number): string {
  const log = sandbox.write('fast.log', '');
  return [
    '[program:fast]',
    `command=seq ${FIRST} ${FIRST + lines - 1}`,
    `stdout_logfile=${log}`,
    'stdout_logfile_maxbytes=0',
    'autostart=false',
    'autorestart=false',
    'startsecs=0',
  ].join('\n');
}

/** Whether this stands at that place of the log, as far as its first whole line tells. */
export function isOfFastLog(text: string, offset: number): boolean {
  const line = Math.ceil(offset / LINE_BYTES);
  const start = line * LINE_BYTES - offset;
  const expected = `${FIRST + line}\n`;
  return expected.startsWith(text.slice(start, start + LINE_BYTES));
}

/** The MD5 of all that it writes. */
export function digestOfFastLog(lines: number): string {
  const hash = createHash('md5');
  const AT_ONCE = 10_000;
  for (let line = 0; line < lines; line += AT_ONCE) {
    const count = Math.min(AT_ONCE, lines - line);
    let text = '';
    for (let n = 0; n < count; n++) text += `${FIRST + line + n}\n`;
    hash.update(text);
  }
  return hash.digest('hex');
}

export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

export interface Fared {
  /** By how many MiB its private, dirty memory has grown at most. */
  readonly grownMiB: number;
  /** How long it took at most to tell the status, in ms. */
  readonly slowestMs: number;
}

/** Starts the program, and asks the daemon for the status of all until it has ended and `isDone`. */
export async function runFastProgram(sandbox: Sandbox, isDone: () => boolean): Promise<Fared> {
  const pid = Number(sandbox.read('d.pid'));
  const client = clientOf(sandbox);
  const before = dirtyMiB(pid);
  let [most, slowestMs] = [before, 0];
  await client.call('supervisor.startProcess', ['fast', false]);
  await waitFor(
    'the program to end and its followers to be done',
    async () => {
      const began = performance.now();
      const [info] = await client.call('supervisor.getAllProcessInfo', []);
      slowestMs = Math.max(slowestMs, performance.now() - began);
      most = Math.max(most, dirtyMiB(pid));
      return info?.statename === 'EXITED' && isDone();
    },
    60_000,
  );
  return { grownMiB: most - before, slowestMs };
}

/** What the daemon alone holds of the memory, and could not get back from a file. */
export function dirtyMiB(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Private_Dirty:\s*(\d+) kB$/m.exec(rollup)?.[1]) / 1024;
}
