import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { systemClock } from '@tsvisor/core';

import { pieces } from '../../../../fuzz/cuts.ts';
import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import { BUILT_IN } from '../../src/methods/interfaces.ts';
import { openServers } from '../../src/serve.ts';
import { single, unixServer } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { readAnswers } from './answers.ts';
import { conversation } from './requests.ts';
import type { Conversation } from './requests.ts';

/** A connection that says no more ends within this. */
const PATIENCE_MS = 10_000;

/** What the log says of an answer 500 that is not one of supervisord's. */
const FAILURE = /Server Error|unexpected exception|callback error/;

/** Requests of any kind on a real socket: all answers are HTTP, one for each request, and none is a failure of ours. */
export const edgeFuzzer: Fuzzer = {
  name: 'http',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'srv-'));
    const file = join(folder, 's.sock');
    const daemon = daemonOf([single('web')]);
    const servers = await openServers([unixServer(file)], daemon.supervisor, {
      daemon: daemon.daemon,
      logger: daemon.logger,
      rpcInterfaces: [{ name: 'supervisor', factory: BUILT_IN, options: {} }],
      clock: systemClock,
      report: () => undefined,
    });
    return {
      async one(random) {
        const asked = conversation(random);
        const { bytes } = asked;
        const heard = await converse(file, random.once(3) ? [bytes] : pieces(bytes, random));
        if (heard !== undefined) judge(heard, asked);
        const failure = daemon.logger.take().find((line) => FAILURE.test(line));
        if (failure !== undefined) throw new Error(`${shown(bytes)}\n${failure}`);
      },
      async close() {
        await Promise.all(servers.map((server) => server.close()));
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

function judge(heard: Buffer, { bytes, methods, counts }: Conversation): void {
  const what = `${shown(bytes)}\nis answered ${shown(heard)}`;
  let statuses: readonly number[];
  try {
    statuses = readAnswers(heard, methods);
  } catch (cause) {
    throw new Error(`${String(cause)}:\n${what}`, { cause });
  }
  if (counts === undefined || counts.includes(statuses.length)) return;
  const wanted = counts.join(' or ');
  throw new Error(`${statuses.join(', ')} in place of ${wanted} answers:\n${what}`);
}

const shown = (bytes: Buffer): string => JSON.stringify(bytes.toString('latin1'));

/**
 * Says all pieces and that this is all; resolves with what comes until the server ends it. Undefined: it has ended it
 * while we spoke, and then Node throws away what has come.
 */
async function converse(path: string, said: readonly Buffer[]): Promise<Buffer | undefined> {
  const socket = connect({ path, allowHalfOpen: true });
  const heard: Buffer[] = [];
  let isLost = false;
  const closed = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the connection does not end')), PATIENCE_MS);
    socket.on('data', (chunk) => heard.push(chunk));
    socket.on('error', () => (isLost = true));
    socket.on('end', () => socket.end());
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  for (const piece of said) {
    socket.write(piece);
    await turn();
  }
  socket.end();
  await closed;
  return isLost ? undefined : Buffer.concat(heard);
}
