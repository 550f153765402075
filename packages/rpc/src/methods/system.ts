/** system.*: what can be called, and many calls in one. */
import type { RpcValue } from '../values.ts';
import { method, returns, text } from './define.ts';
import type { Param } from './define.ts';
import type { MulticallCall } from './results.ts';

const methodName = text('name', 'The method, as namespace.name.');

const calls: Param<readonly MulticallCall[]> = {
  name: 'calls',
  type: 'array',
  doc: 'A struct of methodName (string) and params (array) per call.',
};

export const systemMethods = {
  listMethods: method({
    doc: 'The names of all methods, aliases included, sorted.',
    changes: false,
    params: [],
    returns: returns<readonly string[]>('array', 'result', 'The names.'),
    gated: false,
  }),
  methodHelp: method({
    doc: 'Describes a method.',
    changes: false,
    params: [methodName],
    returns: returns<string>('string', 'result', 'The description, with its parameters.'),
    faults: ['SIGNATURE_UNSUPPORTED'],
    gated: false,
  }),
  methodSignature: method({
    doc: 'The types of a method.',
    changes: false,
    params: [methodName],
    returns: returns<readonly string[]>(
      'array',
      'result',
      'The type that it returns, then those of its parameters.',
    ),
    faults: ['SIGNATURE_UNSUPPORTED'],
    gated: false,
  }),
  multicall: method({
    doc:
      'Makes several calls, one after the other. Each result is the value itself, or a struct of ' +
      'faultCode and faultString. A multicall inside a multicall is refused.',
    changes: false,
    params: [calls],
    returns: returns<readonly RpcValue[]>('array', 'result', 'The results, in order.'),
    gated: false,
  }),
};
