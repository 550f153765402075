import type { Group } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import { findGroup } from '../../methods/names.ts';
import { documentOf } from '../documents.ts';
import { flag, signalField } from '../fields.ts';
import { activeGroups, otherGroups } from '../group-document.ts';
import type { GroupDocument } from '../group-document.ts';
import { done, ok, operation } from '../operation.ts';
import type { Call, Operation } from '../operation.ts';
import { outcomesOf } from '../outcomes.ts';
import { answers, restartAll, sent, together, wait } from './together.ts';

const nameOf = (call: Call): string => call.path['group'] ?? '';
const groupOf = (call: Call): Group => findGroup(call.supervisor, nameOf(call));

function documentFor(call: Call): GroupDocument {
  const { supervisor } = call;
  const all = [...activeGroups(supervisor), ...otherGroups(supervisor)];
  const found = all.find(({ name }) => name === nameOf(call));
  if (found === undefined) throw fault('BAD_NAME', nameOf(call));
  return found;
}

export const groupOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/groups',
    id: 'listGroups',
    about: 'groups',
    summary: 'The groups, in the order in which they became active',
    query: {
      all: flag('Whether those that are in the configuration but not active follow.', false),
    },
    answers: { 200: { description: 'The groups.', schema: documentOf('Groups') } },
    handle: ({ supervisor, input: { all } }) =>
      ok({ groups: [...activeGroups(supervisor), ...(all ? otherGroups(supervisor) : [])] }),
  }),
  operation({
    method: 'GET',
    path: '/groups/{group}',
    id: 'getGroup',
    about: 'groups',
    summary: 'One group, active or not',
    answers: { 200: { description: 'The group.', schema: documentOf('Group') } },
    faults: ['BAD_NAME'],
    handle: (call) => ok(documentFor(call)),
  }),
  operation({
    method: 'PUT',
    path: '/groups/{group}',
    id: 'addGroup',
    about: 'groups',
    summary: 'Makes a group of the configuration read last active, and starts what is to start',
    answers: { 201: { description: 'It is active.', schema: documentOf('Group') } },
    faults: ['BAD_NAME', 'ALREADY_ADDED', 'FAILED'],
    async handle(call) {
      await call.method('supervisor.addProcessGroup', nameOf(call));
      return { status: 201, document: documentFor(call) };
    },
  }),
  operation({
    method: 'DELETE',
    path: '/groups/{group}',
    id: 'removeGroup',
    about: 'groups',
    summary: 'Removes a group whose processes have all stopped from what is active',
    answers: { 204: { description: 'It is not active any more.' } },
    faults: ['BAD_NAME', 'STILL_RUNNING'],
    async handle(call) {
      await call.method('supervisor.removeProcessGroup', nameOf(call));
      return done;
    },
  }),
  operation({
    method: 'POST',
    path: '/groups/{group}/start',
    id: 'startGroup',
    about: 'groups',
    summary: 'Starts those processes of a group that do not run',
    either: { wait },
    answers,
    faults: ['BAD_NAME'],
    handle: (call) =>
      together(call, groupOf(call).processes, () =>
        call.method('supervisor.startProcessGroup', nameOf(call), call.input.wait),
      ),
  }),
  operation({
    method: 'POST',
    path: '/groups/{group}/stop',
    id: 'stopGroup',
    about: 'groups',
    summary: 'Stops those processes of a group that run',
    either: { wait },
    answers,
    faults: ['BAD_NAME'],
    handle: (call) =>
      together(call, groupOf(call).processes, () =>
        call.method('supervisor.stopProcessGroup', nameOf(call), call.input.wait),
      ),
  }),
  operation({
    method: 'POST',
    path: '/groups/{group}/restart',
    id: 'restartGroup',
    about: 'groups',
    summary:
      'Stops a group, waits until all have stopped, and starts it; tells what came of the start',
    either: { wait },
    answers,
    faults: ['BAD_NAME'],
    handle: (call) => {
      const { processes } = groupOf(call);
      const stop = call.method('supervisor.stopProcessGroup', nameOf(call), true);
      const start = (): ReturnType<Call['method']> =>
        call.method('supervisor.startProcessGroup', nameOf(call), true);
      return together(call, processes, () => restartAll(processes, () => stop, start));
    },
  }),
  operation({
    method: 'POST',
    path: '/groups/{group}/signal',
    id: 'signalGroup',
    about: 'groups',
    summary: 'Sends a signal to those processes of a group that are there',
    either: { signal: signalField },
    answers: sent,
    faults: ['BAD_NAME'],
    handle: async (call) =>
      ok(
        outcomesOf(
          await call.method('supervisor.signalProcessGroup', nameOf(call), call.input.signal),
        ),
      ),
  }),
];
