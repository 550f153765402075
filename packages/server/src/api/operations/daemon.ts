import { processStates } from '@tsvisor/core';

import { inPriorityOrder } from '../../methods/order.ts';
import { documentOf } from '../documents.ts';
import { signalField } from '../fields.ts';
import { accepted, done, ok, operation } from '../operation.ts';
import type { Call, Operation } from '../operation.ts';
import { outcomesOf } from '../outcomes.ts';
import { answers, restartAll, sent, together, wait } from './together.ts';

/** How many processes there are in each state. */
function count({ supervisor }: Call): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const state of Object.keys(processStates)) counts[state] = 0;
  const states = supervisor.groups.flatMap(({ processes }) => processes.map(({ state }) => state));
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return { ...counts, all: states.length };
}

const leaving = { 202: { description: 'It has begun.', schema: documentOf('State') } };

export const daemonOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/',
    id: 'getDaemon',
    about: 'daemon',
    summary: 'The daemon: its state, and how many processes are in which',
    answers: { 200: { description: 'The daemon.', schema: documentOf('Daemon') } },
    handle: (call) => {
      const { daemon, supervisor, request } = call;
      return ok({
        name: 'tsvisor',
        version: daemon.version,
        apiVersion: 'v1',
        identifier: daemon.identifier,
        pid: daemon.pid,
        state: supervisor.state,
        processes: count(call),
        role: request.role,
      });
    },
  }),
  operation({
    method: 'POST',
    path: '/supervisor/start-all',
    id: 'startAll',
    about: 'daemon',
    summary: 'Starts all processes that do not run',
    either: { wait },
    answers,
    handle: (call) =>
      together(call, inPriorityOrder(call.supervisor), () =>
        call.method('supervisor.startAllProcesses', call.input.wait),
      ),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/stop-all',
    id: 'stopAll',
    about: 'daemon',
    summary: 'Stops all processes that run',
    either: { wait },
    answers,
    handle: (call) =>
      together(call, inPriorityOrder(call.supervisor), () =>
        call.method('supervisor.stopAllProcesses', call.input.wait),
      ),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/restart-all',
    id: 'restartAll',
    about: 'daemon',
    summary:
      'Stops all processes, waits until they have stopped, and starts them; tells what came of the start',
    either: { wait },
    answers,
    handle: (call) => {
      const processes = inPriorityOrder(call.supervisor);
      const stop = call.method('supervisor.stopAllProcesses', true);
      const start = (): ReturnType<Call['method']> =>
        call.method('supervisor.startAllProcesses', true);
      return together(call, processes, () => restartAll(processes, () => stop, start));
    },
  }),
  operation({
    method: 'POST',
    path: '/supervisor/signal-all',
    id: 'signalAll',
    about: 'daemon',
    summary: 'Sends a signal to all processes that are there',
    either: { signal: signalField },
    answers: sent,
    handle: async (call) =>
      ok(outcomesOf(await call.method('supervisor.signalAllProcesses', call.input.signal))),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/clear-all-logs',
    id: 'clearAllLogs',
    about: 'logs',
    summary: 'Empties the logs of all processes that run',
    answers: sent,
    handle: async (call) =>
      ok(
        outcomesOf(
          await call.request.patiently(
            Promise.resolve(call.method('supervisor.clearAllProcessLogs')),
          ),
        ),
      ),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/shutdown',
    id: 'shutdown',
    about: 'daemon',
    summary: 'Stops everything and ends the daemon',
    answers: leaving,
    async handle(call) {
      await call.method('supervisor.shutdown');
      return accepted({ state: call.supervisor.state });
    },
  }),
  operation({
    method: 'POST',
    path: '/supervisor/restart',
    id: 'restartDaemon',
    about: 'daemon',
    summary: 'Stops everything, reads the configuration again and starts anew',
    answers: leaving,
    async handle(call) {
      await call.method('supervisor.restart');
      return accepted({ state: call.supervisor.state });
    },
  }),
  operation({
    method: 'GET',
    path: '/supervisor/shutdown-plan',
    id: 'getShutdownPlan',
    about: 'daemon',
    summary: 'How long a shutdown takes at worst, and what stops when',
    answers: { 200: { description: 'The plan.', schema: documentOf('ShutdownPlan') } },
    handle: async (call) => ok(await call.method('tsvisor.getShutdownPlan')),
  }),
  operation({
    method: 'DELETE',
    path: '/supervisor/log',
    id: 'clearMainLog',
    about: 'logs',
    summary: 'Empties the main log',
    answers: { 204: { description: 'It is empty.' } },
    faults: ['NO_FILE', 'FAILED'],
    async handle(call) {
      await call.method('supervisor.clearLog');
      return done;
    },
  }),
];
