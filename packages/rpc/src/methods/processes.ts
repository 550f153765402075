/** supervisor.*: starting, stopping, signalling and asking after processes. */
import { flag, method, returns, text } from './define.ts';
import type { Param } from './define.ts';
import type { ConfigInfo, ProcessInfo, ProcessStatus } from './results.ts';

const processName = text('name', 'The process: name, or group:name, or group:* for a whole group.');
const oneProcess = text('name', 'The process: name, or group:name.');
const groupName = text('name', 'The group.');
const waitForStart = flag('wait', true, 'Whether to answer only once it is running.');
const waitForStop = flag('wait', true, 'Whether to answer only once it has stopped.');
const signalName: Param<string | number> = {
  name: 'signal',
  type: 'string',
  doc: 'The signal by name or number: HUP, SIGHUP or 1.',
};

/** One process answers true; `group:*` answers as the method for groups does. */
const done = (): ReturnType<typeof returns<boolean | readonly ProcessStatus[]>> =>
  returns('boolean', 'result', 'True; for group:* an array of status structs.');

const statuses = (): ReturnType<typeof returns<readonly ProcessStatus[]>> =>
  returns('array', 'result', 'A struct of name, group, status, description per process acted on.');

export const processMethods = {
  startProcess: method({
    doc: 'Starts a process.',
    changes: true,
    params: [processName, waitForStart],
    returns: done(),
    faults: [
      'BAD_NAME',
      'NO_FILE',
      'NOT_EXECUTABLE',
      'ALREADY_STARTED',
      'FAILED',
      'SPAWN_ERROR',
      'ABNORMAL_TERMINATION',
    ],
  }),
  startProcessGroup: method({
    doc: 'Starts those processes of a group that do not run.',
    changes: true,
    params: [groupName, waitForStart],
    returns: statuses(),
    faults: ['BAD_NAME'],
  }),
  startAllProcesses: method({
    doc: 'Starts all processes that do not run.',
    changes: true,
    params: [waitForStart],
    returns: statuses(),
  }),
  stopProcess: method({
    doc: 'Stops a process.',
    changes: true,
    params: [processName, waitForStop],
    returns: done(),
    faults: ['BAD_NAME', 'NOT_RUNNING', 'FAILED'],
  }),
  stopProcessGroup: method({
    doc: 'Stops those processes of a group that run.',
    changes: true,
    params: [groupName, waitForStop],
    returns: statuses(),
    faults: ['BAD_NAME'],
  }),
  stopAllProcesses: method({
    doc: 'Stops all processes that run.',
    changes: true,
    params: [waitForStop],
    returns: statuses(),
  }),
  signalProcess: method({
    doc: 'Sends a signal to a process. Signal 0 only asks whether it is there.',
    changes: true,
    params: [processName, signalName],
    returns: done(),
    faults: ['BAD_NAME', 'BAD_SIGNAL', 'NOT_RUNNING', 'FAILED'],
  }),
  signalProcessGroup: method({
    doc: 'Sends a signal to those processes of a group that are there.',
    changes: true,
    params: [groupName, signalName],
    returns: statuses(),
    faults: ['BAD_NAME'],
  }),
  signalAllProcesses: method({
    doc: 'Sends a signal to all processes that are there.',
    changes: true,
    params: [signalName],
    returns: statuses(),
  }),
  getProcessInfo: method({
    doc: 'The state of a process.',
    changes: false,
    params: [oneProcess],
    returns: returns<ProcessInfo>('struct', 'result', 'What is known about it.'),
    faults: ['BAD_NAME'],
  }),
  getAllProcessInfo: method({
    doc: 'The states of all processes, by group and name.',
    changes: false,
    params: [],
    returns: returns<readonly ProcessInfo[]>('array', 'result', 'A struct per process.'),
  }),
  getAllConfigInfo: method({
    doc: 'The settings of all programs in the configuration read last, active or not.',
    changes: false,
    params: [],
    returns: returns<readonly ConfigInfo[]>('array', 'result', 'A struct per process.'),
  }),
  sendProcessStdin: method({
    doc: 'Writes text to the standard input of a process.',
    changes: true,
    params: [oneProcess, text('chars', 'The text, sent in UTF-8.')],
    returns: returns<boolean>('boolean', 'result', 'Always true; what goes wrong is a fault.'),
    faults: ['BAD_NAME', 'NOT_RUNNING', 'NO_FILE'],
  }),
  addProcessGroup: method({
    doc: 'Activates a group of the configuration read last and starts what is to start by itself.',
    changes: true,
    params: [groupName],
    returns: returns<boolean>('boolean', 'result', 'Always true; what goes wrong is a fault.'),
    faults: ['ALREADY_ADDED', 'BAD_NAME', 'FAILED'],
  }),
  removeProcessGroup: method({
    doc: 'Deactivates a group whose processes have all stopped.',
    changes: true,
    params: [groupName],
    returns: returns<boolean>('boolean', 'result', 'Always true; what goes wrong is a fault.'),
    faults: ['BAD_NAME', 'STILL_RUNNING'],
  }),
};
