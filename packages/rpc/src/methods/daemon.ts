/** supervisor.*: the daemon itself. */
import { integer, method, returns, text } from './define.ts';
import type { ReloadResult, StateInfo } from './results.ts';

const always = 'Always true; what goes wrong is a fault.';

export const daemonMethods = {
  getAPIVersion: method({
    doc: 'The version of this interface, which changes only when methods do.',
    changes: false,
    params: [],
    returns: returns<string>('string', 'version', 'The version, 3.0.'),
  }),
  getSupervisorVersion: method({
    doc: 'The version of the daemon.',
    changes: false,
    params: [],
    returns: returns<string>('string', 'version', 'The version.'),
  }),
  getIdentification: method({
    doc: 'The identifier of this daemon, as set in its configuration.',
    changes: false,
    params: [],
    returns: returns<string>('string', 'identifier', 'The identifier.'),
  }),
  getState: method({
    doc: 'What the daemon is doing. One that is on its way out answers SHUTDOWN_STATE instead.',
    changes: false,
    params: [],
    returns: returns<StateInfo>('struct', 'state', 'The members statecode (int) and statename.'),
  }),
  getPID: method({
    doc: 'The process id of the daemon.',
    changes: false,
    params: [],
    returns: returns<number>('int', 'pid', 'The process id.'),
  }),
  readLog: method({
    doc:
      'Reads from the main log. A negative offset with length 0 takes the last bytes, an offset ' +
      'with length 0 everything from there on.',
    changes: false,
    params: [
      integer('offset', 'Where to start, in bytes; negative counts from the end.'),
      integer('length', 'How many bytes to read; 0 reads to the end.'),
    ],
    returns: returns<string>('string', 'log', 'The text.'),
    faults: ['NO_FILE', 'BAD_ARGUMENTS', 'FAILED'],
  }),
  clearLog: method({
    doc: 'Empties the main log.',
    changes: true,
    params: [],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['NO_FILE', 'FAILED'],
  }),
  shutdown: method({
    doc: 'Shuts the daemon down. The answer comes first; then the processes are stopped.',
    changes: true,
    params: [],
    returns: returns<boolean>('boolean', 'result', always),
  }),
  restart: method({
    doc: 'Stops all processes and starts anew with the configuration read again.',
    changes: true,
    params: [],
    returns: returns<boolean>('boolean', 'result', always),
  }),
  reloadConfig: method({
    doc:
      'Reads the configuration again and compares it with the active groups. Nothing is started ' +
      'or stopped: that is for addProcessGroup and removeProcessGroup.',
    changes: true,
    params: [],
    returns: returns<ReloadResult>(
      'array',
      'result',
      'One array of three: names of the groups that are new, changed and gone.',
    ),
    faults: ['CANT_REREAD'],
  }),
  sendRemoteCommEvent: method({
    doc: 'Sends an event of type REMOTE_COMMUNICATION to the event listeners.',
    changes: true,
    params: [text('type', 'What the event calls its type.'), text('data', 'Its body.')],
    returns: returns<boolean>('boolean', 'result', always),
    gated: false,
  }),
};
