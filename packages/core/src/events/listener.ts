import { decodable } from '../logs/output/python-bytes.ts';
import { resultLength } from './result-line.ts';

/** What a listener may be told now (events.md §7). */
export type ListenerState = 'ACKNOWLEDGED' | 'READY' | 'BUSY' | 'UNKNOWN';

export interface ListenerFacts {
  readonly state: ListenerState;
  /** Output that is not understood yet. */
  readonly input: Buffer;
  /** How many bytes of a result are still to come; null: its RESULT line is not complete. */
  readonly awaited: number | null;
  /** The result is longer than is kept: its bytes are counted off, and it will be rejected. */
  readonly tooLong: boolean;
}

export type ListenerEffect =
  | { readonly type: 'say'; readonly what: ListenerSaying }
  /** The event in hand has been dealt with. */
  | { readonly type: 'forget' }
  /** The event in hand goes back to its pool. */
  | { readonly type: 'requeue' };

/** What the main log is told of it; the words are in sayings.ts. */
export type ListenerSaying =
  | { readonly type: 'changed'; readonly from: ListenerState; readonly to: ListenerState }
  | { readonly type: 'entered-unknown' }
  | { readonly type: 'bad-result-line'; readonly line: string }
  | { readonly type: Verdict };

export type Verdict = 'processed' | 'rejected' | 'caused-an-error';
/** Judges the bytes that a listener gave as its result. */
export type Judge = (result: Buffer) => Verdict;

export type ListenerStep = readonly [next: ListenerFacts, effects: readonly ListenerEffect[]];
/** Looks at the input once; undefined: nothing can be said until more arrives. */
type Rule = (facts: ListenerFacts, judge: Judge) => ListenerStep | undefined;

const READY = Buffer.from('READY\n');
const LF = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * So much of an answer is kept: a RESULT line that is longer is a bad one, a longer result is
 * rejected. Listeners send events back, and one of a read of 128 KiB that is no text takes four
 * times that.
 */
export const MAX_ANSWER_BYTES = 1024 * 1024;
const SHOWN_OF_ENDLESS_LINE = 200;

/** As every process begins, at every spawn. */
export const freshListener: ListenerFacts = {
  state: 'ACKNOWLEDGED',
  input: NOTHING,
  awaited: null,
  tooLong: false,
};

const say = (what: ListenerSaying): ListenerEffect => ({ type: 'say', what });

function enter(facts: ListenerFacts, to: ListenerState, rest: Buffer): ListenerStep {
  const effects = [say({ type: 'changed', from: facts.state, to })];
  if (to === 'UNKNOWN') effects.push(say({ type: 'entered-unknown' }));
  return [{ ...freshListener, state: to, input: rest }, effects];
}

const awaitReady: Rule = (facts) => {
  const { input } = facts;
  if (input.length < READY.length) return undefined;
  return input.subarray(0, READY.length).equals(READY)
    ? enter(facts, 'READY', input.subarray(READY.length))
    : enter(facts, 'UNKNOWN', NOTHING);
};

/** Nothing may be said between READY and the next event, not even READY. */
const violate: Rule = (facts) =>
  facts.input.length === 0 ? undefined : enter(facts, 'UNKNOWN', NOTHING);

const readAnswer: Rule = (facts, judge) =>
  facts.awaited === null ? readResultLine(facts) : readResult(facts, facts.awaited, judge);

function readResultLine(facts: ListenerFacts): ListenerStep | undefined {
  const { input } = facts;
  const end = input.indexOf(LF);
  if ((end === -1 ? input.length : end) > MAX_ANSWER_BYTES) {
    return refuseLine(facts, input.subarray(0, SHOWN_OF_ENDLESS_LINE));
  }
  if (end === -1) return undefined;
  const line = input.subarray(0, end);
  const length = resultLength(line);
  if (length === undefined) return refuseLine(facts, line);
  const tooLong = length > MAX_ANSWER_BYTES;
  return [{ ...facts, input: input.subarray(end + 1), awaited: length, tooLong }, []];
}

function refuseLine(facts: ListenerFacts, line: Buffer): ListenerStep {
  const [next, changed] = enter(facts, 'UNKNOWN', NOTHING);
  const why = say({ type: 'bad-result-line', line: decodable(line) });
  return [next, [why, ...changed, { type: 'requeue' }]];
}

/**
 * An empty result is judged at once. supervisord does so only when more output arrives, which
 * from a listener that waits for its next event is never.
 */
function readResult(facts: ListenerFacts, awaited: number, judge: Judge): ListenerStep | undefined {
  const { input, tooLong } = facts;
  if (input.length >= awaited) {
    const verdict = tooLong ? 'rejected' : judge(input.subarray(0, awaited));
    return settle(facts, verdict, input.subarray(awaited));
  }
  if (!tooLong || input.length === 0) return undefined;
  return [{ ...facts, input: NOTHING, awaited: awaited - input.length }, []];
}

function settle(facts: ListenerFacts, verdict: Verdict, rest: Buffer): ListenerStep {
  const isBroken = verdict === 'caused-an-error';
  const [next, changed] = enter(
    facts,
    isBroken ? 'UNKNOWN' : 'ACKNOWLEDGED',
    isBroken ? NOTHING : rest,
  );
  const fate: ListenerEffect = { type: verdict === 'processed' ? 'forget' : 'requeue' };
  return [next, [say({ type: verdict }), ...changed, fate]];
}

const drop: Rule = (facts) =>
  facts.input.length === 0 ? undefined : [{ ...facts, input: NOTHING }, []];

/** What each state makes of output. */
const rules: Readonly<Record<ListenerState, Rule>> = {
  ACKNOWLEDGED: awaitReady,
  READY: violate,
  BUSY: readAnswer,
  UNKNOWN: drop,
};

/**
 * Pure: what comes of a listener that has written `chunk`, wherever the chunks were cut. The
 * chunk is not kept.
 */
export function received(facts: ListenerFacts, chunk: Uint8Array, judge: Judge): ListenerStep {
  let next: ListenerFacts = { ...facts, input: Buffer.concat([facts.input, chunk]) };
  const effects: ListenerEffect[] = [];
  for (;;) {
    const step = rules[next.state](next, judge);
    if (step === undefined) return [next, effects];
    next = step[0];
    effects.push(...step[1]);
  }
}

/** An event has been written to a listener that was READY. */
export const sent = (facts: ListenerFacts): ListenerFacts => ({ ...facts, state: 'BUSY' });

/** The process has exited: what it was working on goes back. */
export const exited = (facts: ListenerFacts): ListenerStep => [
  freshListener,
  facts.state === 'BUSY' ? [{ type: 'requeue' }] : [],
];
