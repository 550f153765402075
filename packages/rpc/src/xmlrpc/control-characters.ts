/**
 * supervisord writes log text into its responses as it is, escape sequences included, and then
 * the document is not XML. Before parsing, each control character is replaced by one of the 32
 * noncharacters U+FDD0–U+FDEF, which XML allows and Unicode reserves for such inner use.
 */
import { isList, isStruct } from '../values.ts';
import type { RpcValue } from '../values.ts';

const firstStandIn = 0xfdd0;
// oxlint-disable-next-line no-control-regex
const controls = /[\0-\x08\x0b-\x1f]/;
// oxlint-disable-next-line no-control-regex
const allControls = /[\0-\x08\x0b-\x1f]/g;
const standIns = /[\ufdd0-\ufdef]/g;
const forbidden = /[\ufffe\uffff]/g;

export interface ShieldedText {
  readonly text: string;
  /** Whether stand-ins must be turned back. */
  readonly changed: boolean;
}

/** Replaces control characters inside `<string>` elements; elsewhere they stay the error they are. */
export function shieldControls(document: string): ShieldedText {
  const text = document.replaceAll(forbidden, '\ufffd');
  if (!controls.test(text)) return { text, changed: false };
  // A log that holds such noncharacters itself must not turn into control characters.
  const unambiguous = text.replaceAll(standIns, '\ufffd');
  const shielded = unambiguous.replaceAll(/<string>[^<]+/g, (content) =>
    content.replaceAll(allControls, standIn),
  );
  return { text: shielded, changed: true };
}

const standIn = (control: string): string =>
  String.fromCharCode(firstStandIn + control.charCodeAt(0));

const original = (character: string): string =>
  String.fromCharCode(character.charCodeAt(0) - firstStandIn);

/** Turns the stand-ins in a value's strings back. */
export function restoreControls(value: RpcValue): RpcValue {
  if (typeof value === 'string') return value.replaceAll(standIns, original);
  if (isList(value)) return value.map(restoreControls);
  if (!isStruct(value)) return value;
  const members = Object.create(null) as Record<string, RpcValue>;
  for (const [name, member] of Object.entries(value)) members[name] = restoreControls(member);
  return members;
}
