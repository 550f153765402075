// The documents that this interface answers with, as schemas; a test holds them against answers.
import { processStates, supervisorStates } from '@tsvisor/core';

import { boolean, integer, list, nullable, number, object, oneOf, string, time } from './schema.ts';
import type { Schema } from './schema.ts';

const namespec = string('The process: group:name, or name where both are the same.');
const kind = oneOf('The kind of section.', ['program', 'eventlistener', 'fcgi-program']);

const process = {
  name: string('Its name within its group.'),
  group: string('The name of its group.'),
  namespec: string('How paths and methods call it: group:name, or name where both are the same.'),
  kind,
  state: oneOf('Its state.', Object.keys(processStates)),
  description: string('The state in words, as `tsvctl status` has them.'),
  pid: nullable(integer('Its process id; null: it has none now.')),
  startedAt: nullable(time('When it was last started; null: never.')),
  stoppedAt: nullable(time('When it last ended; null: never.')),
  uptime: nullable(integer('Seconds since its start; null: it does not run.')),
  exitStatus: nullable(
    integer('Of its last end; -1: a signal ended it; null: none, or not known.'),
  ),
  spawnError: nullable(string('Why it could not be started; null: it could.')),
  restarts: integer('How often it has been started again.'),
};

const usage = object('What it and all that descends from it use.', {
  cpuSeconds: number('CPU time that those who are there now have used, in seconds.'),
  memoryBytes: integer('Resident memory.'),
  count: integer('How many operating system processes they are.'),
});

const log = object('A log.', {
  path: nullable(string('Its file; null: there is none, or it is kept in memory.')),
  bytesWritten: integer('Bytes written since the daemon began, over all lives of the process.'),
});

const outcome = object('What came of one process.', {
  namespec,
  succeeded: boolean('Whether it was done.'),
  fault: nullable(
    object('Why it was not.', {
      code: integer('The code of the fault.'),
      name: string('Its name.'),
      detail: string('The faultString of the XML-RPC interface.'),
    }),
  ),
});

const groupNames = (description: string): Schema => list(description, string('A group.'));

const failedUpdate = object('What could not be done.', {
  group: string('The group.'),
  what: oneOf('What was to be done.', ['remove', 'change', 'add']),
  fault: string('The name of the fault.'),
  why: string('Why not, in words.'),
});

const anyObject = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: true,
});

const describedProcess: Schema = {
  type: 'object',
  description:
    "Every option under its own name, as `tsvd --print-config` has them. Secrets are `********`; an account that may only look sees no environment variable's value.",
  properties: { name: string('The name of the process.') },
  required: ['name'],
  additionalProperties: true,
};

/** By the names under which the OpenAPI document has them. */
export const documents = {
  Daemon: object('The daemon.', {
    name: string('tsvisor.'),
    version: string('Of supervisord, whose place it takes.'),
    apiVersion: string('Of this interface: v1.'),
    identifier: string('As its configuration has it.'),
    pid: integer('Its process id.'),
    state: oneOf('What it is doing.', Object.keys(supervisorStates)),
    processes: object('How many processes there are, in each state.', {
      ...Object.fromEntries(
        Object.keys(processStates).map((state) => [state, integer(`Those that are ${state}.`)]),
      ),
      all: integer('All of them.'),
    }),
    role: oneOf('What this account may do.', ['full', 'readonly']),
  }),
  Process: object('A process.', process),
  ProcessDetails: object('A process, with what it uses and where its logs are.', {
    ...process,
    autostart: boolean('Whether it starts by itself.'),
    priority: integer('Its priority within its group.'),
    usage: nullable(usage),
    logs: object('Its logs.', { stdout: log, stderr: log }),
  }),
  Processes: object('Processes, by group and name.', {
    processes: list('The processes.', { $ref: 'Process' }),
  }),
  Group: object('A group.', {
    name: string('Its name.'),
    kind,
    priority: integer('Its priority: lower ones start first and stop last.'),
    isActive: boolean('False: it is in the configuration read last, and can be added.'),
    processes: list('Of an active group, its processes.', { $ref: 'Process' }),
  }),
  Groups: object('Groups.', { groups: list('The groups.', { $ref: 'Group' }) }),
  Outcomes: object(
    'What came of each process; those that had nothing to do, such as those that run when all are to be started, are not in it.',
    {
      outcomes: list('First what was settled at once, then the others as they finished.', outcome),
    },
  ),
  Accepted: object('It has begun, and nobody waits for it.', {
    accepted: list('The processes or groups that were asked for.', string('A name.')),
  }),
  State: object('What the daemon is doing.', {
    state: oneOf('Its state.', Object.keys(supervisorStates)),
  }),
  Reread: object('How the configuration differs from what is active. Nothing has been done.', {
    added: groupNames('Groups that are new.'),
    changed: groupNames('Groups that are active with another configuration.'),
    removed: groupNames('Groups that are gone.'),
  }),
  Update: object('What was done, by the names of groups.', {
    added: groupNames('Groups that were added.'),
    changed: groupNames('Groups that were stopped, removed and added again.'),
    removed: groupNames('Groups that were stopped and removed.'),
    failed: list('What could not be done.', failedUpdate),
  }),
  ShutdownPlan: object('How long a shutdown takes at worst, and what stops when.', {
    seconds: number('All in all.'),
    batches: list(
      'What stops together, in order.',
      object('What stops together.', {
        seconds: number('How long it takes at worst.'),
        processes: list('The processes.', string('The name of a process, without its group.')),
      }),
    ),
  }),
  Listeners: object('The processes of event listener pools.', {
    listeners: list(
      'By group and name.',
      object('A process of a pool.', {
        namespec,
        state: oneOf('How it stands to the protocol.', [
          'ACKNOWLEDGED',
          'READY',
          'BUSY',
          'UNKNOWN',
        ]),
        pool: object('Counted for the whole pool.', {
          name: string('The pool.'),
          buffered: integer('Events that wait.'),
          bufferSize: integer('How many may.'),
          discarded: integer('Events that were dropped because too many waited.'),
        }),
      }),
    ),
  }),
  Config: object(
    "A configuration, as `tsvd --print-config` has it. Secrets are `********`; an account that may only look sees no environment variable's value.",
    {
      supervisord: anyObject('The options of [supervisord].'),
      servers: list('The servers.', anyObject('The options of a server.')),
      rpcinterfaces: list('The interfaces.', anyObject('A section.')),
      groups: list('The groups.', {
        type: 'object',
        description: 'The options of a group.',
        properties: {
          name: string('Its name.'),
          type: kind,
          processes: list('Its processes.', describedProcess),
        },
        required: ['name', 'type', 'processes'],
        additionalProperties: true,
      }),
      messages: anyObject('What reading the files said, by level.'),
    },
  ),
  ProcessConfig: describedProcess,
  Problem: object('What went wrong (RFC 9457).', {
    type: string('urn:tsvisor:fault:NAME, or about:blank: no more than the status says.'),
    title: string('What kind of problem it is.'),
    status: integer('The status of the response.'),
    detail: string('What is wrong, in words; of a fault its faultString.'),
    fault: nullable(
      object('The fault that the XML-RPC interface has for it.', {
        code: integer('Its code.'),
        name: string('Its name.'),
      }),
    ),
    mistakes: list(
      'All that is wrong with the request itself.',
      object('One mistake.', {
        in: oneOf('Where it is.', ['query', 'body', 'path', 'header']),
        name: nullable(string('The parameter or member; null: the body as a whole.')),
        message: string('What is wrong, as the end of a sentence that begins with the name.'),
      }),
    ),
    config: nullable(
      object('With CANT_REREAD: where the error is, as far as is known.', {
        file: nullable(string('The file.')),
        line: nullable(integer('The line, counted from 1.')),
        section: nullable(string('The section.')),
        option: nullable(string('The option.')),
      }),
    ),
  }),
} as const satisfies Record<string, Schema>;

export type DocumentName = keyof typeof documents;

/** Points to a document; the OpenAPI document makes a whole reference of it. */
export const documentOf = (name: DocumentName): Schema => ({ $ref: name });
