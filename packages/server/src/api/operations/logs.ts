import { statSync } from 'node:fs';

import type { Channel } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import type { Reply } from '../../http/message.ts';
import { faulting } from '../../methods/faults.ts';
import { findProcess } from '../../methods/names.ts';
import { byteRange } from '../byte-range.ts';
import type { ByteRange } from '../byte-range.ts';
import { integerWithin } from '../fields.ts';
import type { ValuesOf } from '../fields.ts';
import { logReply } from '../log-reply.ts';
import type { LogBytes } from '../log-reply.ts';
import { operation } from '../operation.ts';
import type { Answer, Call, Operation } from '../operation.ts';
import { Problem, badRequest } from '../problem.ts';

const FAR = Number.MAX_SAFE_INTEGER;

const query = {
  offset: integerWithin('From which byte on; negative: so many from the end.', -FAR, FAR),
  length: integerWithin('How many bytes at most; left out: all that follow.', 0, FAR),
  tail: integerWithin('So many bytes of the end, instead of an offset.', 0, FAR),
};

type Slice = ValuesOf<typeof query>;

const logHeaders = {
  'X-Log-Offset': 'The offset of the first byte in the log.',
  'X-Log-Size': 'How many bytes the log has.',
};
const types = ['text/plain', 'application/octet-stream'];
const answers: Readonly<Record<200 | 206, Answer>> = {
  200: { description: 'The bytes, as they are in the log.', types, headers: logHeaders },
  206: {
    description: 'The bytes of the range.',
    types,
    headers: { ...logHeaders, 'Content-Range': 'Which bytes of how many.' },
  },
};

const shared = {
  method: 'GET',
  about: 'logs',
  more: 'All of it; or what `offset` and `length`, or `tail`, say; or the range of a header `Range: bytes=…`. Offsets count bytes of the file that is written to now. The bytes may begin or end within a character.',
  query,
  answers,
  headers: { Range: 'One range of bytes: `bytes=0-99`, `bytes=100-`, `bytes=-100`.' },
  problems: { 416: 'The log ends before the range begins.' },
} as const;

function reply(call: Call<Slice>, log: LogBytes): Reply {
  const { request, input } = call;
  const { size } = log;
  const slice = windowOf(input, size);
  const whole = { start: 0, length: size };
  // No answer has a validator that If-Range could name, so the part that it is about is stale.
  const isConditional = request.header('if-range') !== undefined;
  const header = isConditional ? undefined : request.header('range');
  if (slice !== undefined) return logReply(log, { request, status: 200, range: slice });
  const range = byteRange(header, size);
  if (range === 'unsatisfiable') {
    throw new Problem(416, `the log has ${size} bytes, none of which is in ${header}`, {
      headers: [['Content-Range', `bytes */${size}`]],
    });
  }
  return logReply(log, { request, status: range === undefined ? 200 : 206, range: range ?? whole });
}

/** What the query asks for; undefined: it does not say. */
function windowOf({ offset, length, tail }: Slice, size: number): ByteRange | undefined {
  if (tail !== undefined) {
    if (offset !== undefined || length !== undefined) {
      const message = 'stands for an offset and a length: give one or the other';
      throw badRequest([{ in: 'query', name: 'tail', message }]);
    }
    const wanted = Math.min(tail, size);
    return { start: size - wanted, length: wanted };
  }
  if (offset === undefined && length === undefined) return undefined;
  const from = offset ?? 0;
  const start = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
  return { start, length: Math.min(length ?? FAR, size - start) };
}

function processLog(call: Call): LogBytes {
  const { process = '', channel = '' } = call.path;
  const found = findProcess(call.supervisor, process);
  if (!isChannel(channel)) throw fault('BAD_NAME', `${process}/${channel}`);
  const log = found.log(channel);
  const read = (offset: number, length: number): Buffer =>
    faulting(process, () => log.read(offset, length));
  // Whether it is there and can be read.
  read(0, 1);
  return { read, path: log.path, size: log.tail(0, 0).size };
}

const isChannel = (text: string): text is Channel => text === 'stdout' || text === 'stderr';

function mainLog({ mainLog: log }: Call): LogBytes {
  const read = (offset: number, length: number): Buffer =>
    faulting('', () => log.read(offset, length));
  read(0, 1);
  return { read, path: log.path, size: fileSize(log.path) };
}

/** A device keeps nothing that was written to it. */
function fileSize(path: string | null): number {
  const stats = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.size : 0;
}

export const logOperations: readonly Operation[] = [
  operation({
    ...shared,
    path: '/processes/{process}/logs/{channel}',
    id: 'readProcessLog',
    summary: 'Reads the log of a process; the channel is stdout or stderr',
    faults: ['BAD_NAME', 'NO_FILE', 'FAILED'],
    handle: (call) => ({ reply: reply(call, processLog(call)) }),
  }),
  operation({
    ...shared,
    path: '/supervisor/log',
    id: 'readMainLog',
    summary: 'Reads the main log',
    faults: ['NO_FILE', 'FAILED'],
    handle: (call) => ({ reply: reply(call, mainLog(call)) }),
  }),
];
