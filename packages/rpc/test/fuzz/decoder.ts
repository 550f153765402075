import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import { missingSupervisor } from '../../../../fuzz/python.ts';
import { same } from '../../../../fuzz/same.ts';
import { Fault } from '../../src/faults.ts';
import { decodeRequest, decodeResponse } from '../../src/xmlrpc/decode.ts';
import { NoMethodNameError, UnmarshallableError } from '../../src/xmlrpc/errors.ts';
import { requestDocument, responseDocument } from './documents.ts';
import { plain } from './plain-values.ts';
import { startReader } from './xml-oracle.ts';

/** No document of these sizes takes so long, by far. */
const PATIENCE_MS = 1000;

/** Requests of any kind, read as supervisord reads them; responses as a Python client does. */
export const decoderFuzzer: Fuzzer = {
  name: 'xml-rpc',
  missing: missingSupervisor,
  open() {
    const reader = startReader();
    return {
      async one(random) {
        const body = requestDocument(random);
        const shown = (): string => JSON.stringify(body.toString());
        const actual = inTime(() => request(body), shown);
        const asked = await reader.ask(['request', body.toString('base64')]);
        if (!isRefusedOnPurpose(body, actual.why) && !hasOddNames(body)) {
          same(actual.read, asked, shown);
        }
        // A carriage return in a string is kept, which XML would make a line feed.
        const answer = Buffer.from(responseDocument(random).replaceAll('\r', ''));
        const expected = await reader.ask(['response', answer.toString('base64')]);
        same(response(answer), expected, () => JSON.stringify(answer.toString()));
        inTime(() => response(body), shown);
      },
      close: () => reader.close(),
    };
  },
};

/**
 * What only supervisord takes: entities of a document's own, which are what it attacks by, an empty list or struct for
 * an empty name, digits of other scripts, and versions of XML that there are none of.
 */
const REFUSED_ON_PURPOSE = [
  /a DOCTYPE is not accepted/,
  /a struct member whose name is not text/,
  /version number must match/,
];
const OTHER_DIGITS = /holds no (integer|number)/;

function isRefusedOnPurpose(body: Buffer, why = ''): boolean {
  if (REFUSED_ON_PURPOSE.some((reason) => reason.test(why))) return true;
  return OTHER_DIGITS.test(why) && /(?!\d)\p{Nd}/u.test(body.toString());
}

/** In names of elements, expat knows only the letters of Unicode 2.0; `<?x?y?>` it does not take for an instruction. */
const hasOddNames = (body: Buffer): boolean =>
  /<[^<>]*[^ -~\s]|<\?[^\s?]+\?[^>]/.test(body.toString());

function inTime<T>(run: () => T, shown: () => string): T {
  const start = performance.now();
  const result = run();
  const took = performance.now() - start;
  if (took > PATIENCE_MS) throw new Error(`${shown()}\ntakes ${Math.round(took)} ms`);
  return result;
}

function request(body: Buffer): { read: unknown; why?: string } {
  try {
    const { methodName, params } = decodeRequest(body);
    return { read: { method: methodName, params: params.map(plain) } };
  } catch (error) {
    if (!(error instanceof UnmarshallableError || error instanceof NoMethodNameError)) throw error;
    return { read: { error: error.reason }, why: error.message };
  }
}

function response(body: Buffer): unknown {
  try {
    return { value: plain(decodeResponse(body)) };
  } catch (error) {
    if (error instanceof Fault) return { fault: [plain(error.code), plain(error.text)] };
    if (!(error instanceof UnmarshallableError)) throw error;
    return { error: error.reason };
  }
}
