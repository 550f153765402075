/** Documents to values. Pure: the same text always gives the same value or error. */
import { Fault } from '../faults.ts';
import { isList, isStruct } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { bodyText } from './bytes.ts';
import { restoreControls, shieldControls } from './control-characters.ts';
import { NoMethodNameError, UnmarshallableError } from './errors.ts';
import { exceeds, requestLimits, responseLimits } from './limits.ts';
import type { DocumentLimits, RequestLimits } from './limits.ts';
import { readPlainResponse } from './plain-response.ts';
import { readTree } from './tree.ts';
import type { Element } from './tree.ts';
import { requestUnmarshallers, responseUnmarshallers } from './unmarshallers.ts';

export interface RpcRequest {
  /** As it came, not trimmed. */
  readonly methodName: string;
  readonly params: readonly RpcValue[];
}

/**
 * Reads a methodCall.
 *
 * @throws {UnmarshallableError} if it is no XML, holds a bad value or is over a limit.
 * @throws {NoMethodNameError} if it is fine but names no method.
 */
export function decodeRequest(
  body: string | Uint8Array,
  options: Partial<RequestLimits> = {},
): RpcRequest {
  const limits = { ...requestLimits, ...options };
  const text = bodyText(body, limits.maxBytes, true);
  const found = readTree(text, requestUnmarshallers, limits, ['methodName', 'params']);
  const methodName = found.get('methodName')?.text;
  const params = found.get('params')?.children.map((child) => child.value) ?? [];
  if (!methodName) throw new NoMethodNameError();
  refuseTooManyCalls(methodName, params, limits.maxCalls);
  return { methodName, params };
}

function refuseTooManyCalls(name: string, params: readonly RpcValue[], maxCalls: number): void {
  const calls = name === 'system.multicall' ? (params[0] ?? null) : null;
  if (isList(calls) && exceeds(calls.length, maxCalls)) {
    throw new UnmarshallableError(
      `system.multicall with ${calls.length} calls; at most ${maxCalls} are accepted`,
    );
  }
}

/**
 * Reads a methodResponse. Control characters in strings are kept, though supervisord writes them
 * as no XML document may.
 *
 * @throws {Fault} if it carries one.
 * @throws {UnmarshallableError} if it is anything else than a response with one value.
 */
export function decodeResponse(
  body: string | Uint8Array,
  options: Partial<DocumentLimits> = {},
): RpcValue {
  const limits = { ...responseLimits, ...options };
  const shielded = shieldControls(bodyText(body, limits.maxBytes, false));
  const plain = shielded.changed ? undefined : readPlainResponse(shielded.text, limits);
  if (plain !== undefined) return plain;
  const found = readTree(shielded.text, responseUnmarshallers, limits, ['params', 'fault']);
  const value = found.get('fault')?.children[0] ?? onlyResult(found.get('params'));
  const restored = shielded.changed ? restoreControls(value.value) : value.value;
  if (found.has('fault')) throw toFault(restored);
  return restored;
}

function onlyResult(params: Element | undefined): Element {
  const [result, ...others] = params?.children ?? [];
  if (result && others.length === 0) return result;
  throw new UnmarshallableError('the response holds neither one value nor a fault');
}

function toFault(value: RpcValue): Fault {
  const fault = asFault(value);
  if (!fault) throw new UnmarshallableError('a fault without faultCode and faultString');
  return fault;
}

/** The fault that a struct stands for, as in the results of a multicall; undefined for others. */
export function asFault(value: RpcValue): Fault | undefined {
  if (!isStruct(value)) return undefined;
  const { faultCode, faultString } = value;
  if (typeof faultCode !== 'number' || typeof faultString !== 'string') return undefined;
  return new Fault(faultCode, faultString);
}
