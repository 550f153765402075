/** The methods of supervisor_twiddler, for `[rpcinterface:x]` sections that name its factory. */
import type { RpcStruct } from '../values.ts';
import { integer, method, returns, text } from './define.ts';
import type { OptionalParam, Param } from './define.ts';

/** The fault for a method that the section's `whitelist` does not name. */
export const NOT_IN_WHITELIST = 230;

const always = 'Always true; what goes wrong is a fault.';
const group = text('group_name', 'The name of an active group.');
const options: Param<RpcStruct> = {
  name: 'program_options',
  type: 'struct',
  doc: 'The options of the program, as in a configuration file.',
};
const level: OptionalParam<string | number> = {
  name: 'level',
  type: 'string',
  default: 20,
  doc: 'CRIT, ERRO, WARN, INFO, DEBG, TRAC or BLAT, or its number: 50, 40, 30, 20, 10, 5 or 3.',
};

export const twiddlerMethods = {
  getAPIVersion: method({
    doc: 'The version of this interface.',
    changes: false,
    params: [],
    returns: returns<string>('string', 'version', 'The version, 1.0.'),
  }),
  getGroupNames: method({
    doc: 'The names of the active groups.',
    changes: false,
    params: [],
    returns: returns<readonly string[]>('array', 'names', 'The names.'),
  }),
  log: method({
    doc: 'Writes a line to the main log.',
    changes: true,
    params: [text('message', 'The line.'), level],
    returns: returns<boolean>('boolean', 'result', always),
  }),
  addGroup: method({
    doc: 'Adds an empty group, until the next restart.',
    changes: true,
    params: [
      text('name', 'Its name, which no active group has.'),
      integer('priority', 'Its priority, as in a configuration file.'),
    ],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['BAD_NAME'],
  }),
  addProgramToGroup: method({
    doc:
      'Adds the processes of a program to an active group, until the next restart. They start at ' +
      'once unless autostart says otherwise.',
    changes: true,
    params: [group, text('program_name', 'What the section would be called.'), options],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['BAD_NAME'],
  }),
  removeProcessFromGroup: method({
    doc: 'Removes one process, which has stopped, from an active group.',
    changes: true,
    params: [group, text('process_name', 'The name of the process within its group.')],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['BAD_NAME', 'STILL_RUNNING'],
  }),
};
