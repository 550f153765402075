/** The methods of supervisor_cache, for `[rpcinterface:x]` sections that name its factory. */
import type { RpcValue } from '../values.ts';
import { method, returns, text } from './define.ts';
import type { Param } from './define.ts';

const always = 'Always true; what goes wrong is a fault.';
const key = text('key', 'What it is called; not empty.');
const data: Param<RpcValue> = { name: 'data', type: 'string', doc: 'What to keep; any value.' };

export const cacheMethods = {
  getAPIVersion: method({
    doc: 'The version of this interface.',
    changes: false,
    params: [],
    returns: returns<string>('string', 'version', 'The version, 0.2.'),
  }),
  getKeys: method({
    doc: 'The keys of all that is kept, sorted.',
    changes: false,
    params: [],
    returns: returns<readonly string[]>('array', 'keys', 'The keys.'),
  }),
  getCount: method({
    doc: 'How many values are kept.',
    changes: false,
    params: [],
    returns: returns<number>('int', 'count', 'The number.'),
  }),
  store: method({
    doc: 'Keeps a value under a key, in the place of what was there, until the daemon ends.',
    changes: true,
    params: [key, data],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['BAD_NAME'],
  }),
  fetch: method({
    doc: 'The value that is kept under a key.',
    changes: false,
    params: [key],
    returns: returns<RpcValue>('string', 'data', 'The value.'),
    faults: ['BAD_NAME'],
  }),
  delete: method({
    doc: 'Forgets what is kept under a key, if anything is.',
    changes: true,
    params: [key],
    returns: returns<boolean>('boolean', 'result', always),
    faults: ['BAD_NAME'],
  }),
  clear: method({
    doc: 'Forgets everything.',
    changes: true,
    params: [],
    returns: returns<boolean>('boolean', 'result', always),
  }),
};
