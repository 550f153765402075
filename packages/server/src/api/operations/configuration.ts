import type { FailedUpdate } from '@tsvisor/core';
import { SupervisorError } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';
import type { ReloadResult } from '@tsvisor/rpc';

import { findProcess } from '../../methods/names.ts';
import { documentOf } from '../documents.ts';
import { effectiveConfig, effectiveProcess, latestConfig } from '../effective-config.ts';
import { choiceOf, flag, names } from '../fields.ts';
import { accepted, ok, operation } from '../operation.ts';
import type { Call, Operation } from '../operation.ts';

/** Reads the configuration again and tells how it differs from what is active. */
async function reread(
  call: Call,
): Promise<{ added: readonly string[]; changed: readonly string[]; removed: readonly string[] }> {
  const result = await call.method('supervisor.reloadConfig');
  const [[added, changed, removed]] = result as unknown as ReloadResult;
  return { added, changed, removed };
}

async function update(call: Call, groups: readonly string[] | undefined): Promise<unknown> {
  try {
    const { config } = call.supervisor;
    const { failed, ...done } = await call.supervisor.update(config, groups);
    return { ...done, failed: failed.map(failureOf) };
  } catch (error) {
    if (error instanceof SupervisorError) throw fault(error.code);
    throw error;
  }
}

/** @throws {Fault} BAD_NAME for those that are neither active nor in the configuration */
function checkGroups({ supervisor }: Call, groups: readonly string[]): void {
  const known = new Set(
    [...supervisor.groups, ...supervisor.config.groups].map(({ name }) => name),
  );
  const unknown = groups.filter((name) => !known.has(name));
  if (unknown.length > 0) throw fault('BAD_NAME', unknown.join(', '));
}

const failureOf = ({ group, what, code, why }: FailedUpdate): object => ({
  group,
  what,
  fault: code,
  why,
});

export const configurationOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/config',
    id: 'getConfig',
    about: 'configuration',
    summary: 'The configuration, its secrets hidden',
    query: {
      of: choiceOf(
        'The groups of which: those that are active, or those of the configuration read last.',
        ['active', 'latest'],
        'active',
      ),
    },
    answers: { 200: { description: 'The configuration.', schema: documentOf('Config') } },
    handle: ({ supervisor, request: { role }, input: { of } }) =>
      ok(of === 'active' ? effectiveConfig(supervisor, role) : latestConfig(supervisor, role)),
  }),
  operation({
    method: 'GET',
    path: '/config/{process}',
    id: 'getProcessConfig',
    about: 'configuration',
    summary: 'The options in force for an active process, its secrets hidden',
    answers: { 200: { description: 'The options.', schema: documentOf('ProcessConfig') } },
    faults: ['BAD_NAME'],
    handle: ({ supervisor, path, request: { role } }) =>
      ok(effectiveProcess(supervisor, findProcess(supervisor, path['process'] ?? ''), role)),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/reread',
    id: 'reread',
    about: 'configuration',
    summary: 'Reads the configuration again, and changes nothing that runs',
    answers: { 200: { description: 'What is different.', schema: documentOf('Reread') } },
    faults: ['CANT_REREAD'],
    handle: async (call) => ok(await reread(call)),
  }),
  operation({
    method: 'POST',
    path: '/supervisor/update',
    id: 'update',
    about: 'configuration',
    summary: 'Reads the configuration again and brings the groups to it, as `tsvctl update` does',
    more: 'Groups that are gone or have changed are stopped and removed, those that are new or have changed are added. The rest of the configuration needs a restart.',
    either: {
      wait: flag('Whether to answer only once all is done; if not, with 202 at once.', true),
    },
    body: { groups: names('Only these groups; left out: all.') },
    answers: {
      200: { description: 'What was done.', schema: documentOf('Update') },
      202: { description: 'It has begun.', schema: documentOf('Accepted') },
    },
    faults: ['BAD_NAME', 'CANT_REREAD'],
    async handle(call) {
      const { wait, groups } = call.input;
      const { added, changed, removed } = await reread(call);
      checkGroups(call, groups ?? []);
      const work = update(call, groups);
      if (wait) return ok(await call.request.patiently(work));
      call.forget(work);
      const isMeant = (name: string): boolean => groups?.includes(name) ?? true;
      return accepted({ accepted: [...removed, ...changed, ...added].filter(isMeant) });
    },
  }),
];
