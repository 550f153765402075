import { SupervisorError } from '@tsvisor/core';
import type { Channel } from '@tsvisor/core';
import { fault, maxInt, pythonInt } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodContext, MethodHandlers } from './context.ts';
import { faulting } from './faults.ts';
import { asText, findProcess } from './names.ts';
import { inPriorityOrder } from './order.ts';
import { actOnAll } from './statuses.ts';

export const logMethods: MethodHandlers<
  | 'readProcessStdoutLog'
  | 'readProcessStderrLog'
  | 'tailProcessStdoutLog'
  | 'tailProcessStderrLog'
  | 'clearProcessLogs'
  | 'clearAllProcessLogs'
> = {
  readProcessStdoutLog: (context, ...slice) => read(context, 'stdout', slice),
  readProcessStderrLog: (context, ...slice) => read(context, 'stderr', slice),
  tailProcessStdoutLog: (context, ...slice) => tail(context, 'stdout', slice),
  tailProcessStderrLog: (context, ...slice) => tail(context, 'stderr', slice),
  clearProcessLogs: ({ supervisor }, name = null) => {
    clear(findProcess(supervisor, name), asText(name));
    return true;
  },
  clearAllProcessLogs: ({ supervisor }) =>
    actOnAll(inPriorityOrder(supervisor), (process, name) => {
      clear(process, name);
      return undefined;
    }),
};

type Slice = readonly RpcValue[];

/** Bytes that are no UTF-8, or half a character at a cut, are shown as U+FFFD. */
function read(
  { supervisor }: MethodContext,
  channel: Channel,
  [name = null, offset = null, length = null]: Slice,
): RpcValue {
  const log = findProcess(supervisor, name).log(channel);
  return faulting(asText(name), () =>
    log.read(Number(pythonInt(offset)), Number(pythonInt(length))).toString(),
  );
}

/** A log that is not there, or cannot be read, is an empty one. */
function tail(
  { supervisor }: MethodContext,
  channel: Channel,
  [name = null, offset = null, length = null]: Slice,
): RpcValue {
  const log = findProcess(supervisor, name).log(channel);
  const start = Number(pythonInt(offset));
  try {
    const { data, size, overflow } = log.tail(start, Number(pythonInt(length)));
    return [data.toString(), Math.min(size, maxInt), overflow];
  } catch (error) {
    if (!(error instanceof SupervisorError)) throw error;
    return ['', error.code === 'NO_FILE' ? 0 : start, false];
  }
}

function clear(process: ReturnType<typeof findProcess>, name: string): void {
  try {
    process.log('stdout').clear();
    process.log('stderr').clear();
  } catch (error) {
    if (!(error instanceof SupervisorError)) throw error;
    throw fault('FAILED', name);
  }
}
