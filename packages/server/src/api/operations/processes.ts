import type { Process } from '@tsvisor/core';
import { processStates } from '@tsvisor/core';
import { Fault, faults } from '@tsvisor/rpc';

import { findProcess } from '../../methods/names.ts';
import { documentOf } from '../documents.ts';
import { choice, flag, optionalText, signalField, text } from '../fields.ts';
import { accepted, done, ok, operation } from '../operation.ts';
import type { Call, Operation, Result } from '../operation.ts';
import { allProcesses, briefly, processDetails } from '../process-details.ts';

const wait = flag('Whether to answer only once it is done; if not, with 202 at once.', true);

const begun = { description: 'It has begun.', schema: documentOf('Process') };

/** The process that the path names. A whole group is none: that has paths of its own. */
const processOf = (call: Call): Process => findProcess(call.supervisor, call.path['process'] ?? '');

const nameOf = (call: Call): string => call.path['process'] ?? '';

/** Answers once a method is done, or when it has begun. */
async function control(
  call: Call<{ readonly wait: boolean }>,
  perform: (process: Process) => unknown,
): Promise<Result> {
  const process = processOf(call);
  const work = Promise.resolve(perform(process));
  if (!call.input.wait) {
    call.forget(work);
    return accepted(briefly(call.supervisor, process));
  }
  await call.request.patiently(work);
  return ok(briefly(call.supervisor, process));
}

/** Stops what runs, waits until it has stopped, and starts it. */
export async function restart(
  call: Call<{ readonly wait: boolean }>,
  process: Process,
): Promise<void> {
  const name = nameOf(call);
  if (process.isRunning) {
    try {
      await call.method('supervisor.stopProcess', name, true);
    } catch (error) {
      // It has ended by itself meanwhile.
      if (!(error instanceof Fault) || error.code !== faults.NOT_RUNNING.code) throw error;
    }
  }
  await process.whenEnded();
  await call.method('supervisor.startProcess', name, true);
}

const startFaults = [
  'BAD_NAME',
  'NO_FILE',
  'NOT_EXECUTABLE',
  'FAILED',
  'SPAWN_ERROR',
  'ABNORMAL_TERMINATION',
] as const;

export const processOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/processes',
    id: 'listProcesses',
    about: 'processes',
    summary: 'All processes, by group and name',
    query: {
      group: optionalText('Only those of this group.'),
      state: choice('Only those in this state.', Object.keys(processStates)),
    },
    answers: { 200: { description: 'The processes.', schema: documentOf('Processes') } },
    handle: ({ supervisor, input: { group, state } }) =>
      ok({
        processes: allProcesses(supervisor).filter(
          (one) =>
            (group === undefined || one.group === group) &&
            (state === undefined || one.state === state),
        ),
      }),
  }),
  operation({
    method: 'GET',
    path: '/processes/{process}',
    id: 'getProcess',
    about: 'processes',
    summary: 'One process, with what it uses and where its logs are',
    answers: { 200: { description: 'The process.', schema: documentOf('ProcessDetails') } },
    faults: ['BAD_NAME'],
    handle: (call) => ok(processDetails(call.supervisor, processOf(call))),
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/start',
    id: 'startProcess',
    about: 'processes',
    summary: 'Starts a process',
    more: 'Waiting ends with the first attempt that fails, even if others follow.',
    either: { wait },
    answers: {
      200: { description: 'It is RUNNING.', schema: documentOf('Process') },
      202: begun,
    },
    faults: [...startFaults, 'ALREADY_STARTED'],
    handle: (call) =>
      control(call, () => call.method('supervisor.startProcess', nameOf(call), call.input.wait)),
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/stop',
    id: 'stopProcess',
    about: 'processes',
    summary: 'Stops a process',
    either: { wait },
    answers: {
      200: { description: 'It has stopped.', schema: documentOf('Process') },
      202: begun,
    },
    faults: ['BAD_NAME', 'NOT_RUNNING', 'FAILED'],
    handle: (call) =>
      control(call, () => call.method('supervisor.stopProcess', nameOf(call), call.input.wait)),
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/restart',
    id: 'restartProcess',
    about: 'processes',
    summary: 'Stops a process if it runs, waits until it has stopped, and starts it',
    either: { wait },
    answers: {
      200: { description: 'It is RUNNING again.', schema: documentOf('Process') },
      202: begun,
    },
    faults: startFaults,
    handle: (call) => control(call, (process) => restart(call, process)),
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/signal',
    id: 'signalProcess',
    about: 'processes',
    summary: 'Sends a signal to a process',
    either: { signal: signalField },
    answers: { 200: { description: 'It was sent.', schema: documentOf('Process') } },
    faults: ['BAD_NAME', 'BAD_SIGNAL', 'NOT_RUNNING', 'FAILED'],
    async handle(call) {
      const process = processOf(call);
      await call.method('supervisor.signalProcess', nameOf(call), call.input.signal);
      return ok(briefly(call.supervisor, process));
    },
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/stdin',
    id: 'writeProcessStdin',
    about: 'processes',
    summary: 'Writes to the standard input of a process',
    body: { data: text('The text, sent in UTF-8.') },
    answers: { 204: { description: 'It was written, or waits in order for the process to read.' } },
    faults: ['BAD_NAME', 'NOT_RUNNING', 'NO_FILE'],
    async handle(call) {
      await call.method('supervisor.sendProcessStdin', nameOf(call), call.input.data);
      return done;
    },
  }),
  operation({
    method: 'POST',
    path: '/processes/{process}/clear-logs',
    id: 'clearProcessLogs',
    about: 'logs',
    summary: 'Empties the logs of a process',
    more: 'The logs of a process that does not run stay as they are.',
    answers: { 204: { description: 'They are empty.' } },
    faults: ['BAD_NAME', 'FAILED'],
    async handle(call) {
      await call.method('supervisor.clearProcessLogs', nameOf(call));
      return done;
    },
  }),
];
