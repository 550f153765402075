import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import type { Random } from '../../../../fuzz/random.ts';
import { same } from '../../../../fuzz/same.ts';
import { decodeCompact, encodeCompact } from '../../src/compact.ts';
import { Double } from '../../src/values.ts';
import type { RpcValue } from '../../src/values.ts';
import { decodeRequest, decodeResponse } from '../../src/xmlrpc/decode.ts';
import { encodeRequest, encodeResponse, encodeResponseBody } from '../../src/xmlrpc/encode.ts';
import { UnmarshallableError } from '../../src/xmlrpc/errors.ts';
import { responseLimits } from '../../src/xmlrpc/limits.ts';
import { readPlainResponse } from '../../src/xmlrpc/plain-response.ts';
import { mutated } from './documents.ts';
import { plain } from './plain-values.ts';
import { randomValue } from './values.ts';

/** What is written is read back, by each of the readers. */
export const codecFuzzer: Fuzzer = {
  name: 'xml-rpc-codec',
  open: () => ({
    one(random) {
      const value = randomValue(random, { all: random.once(2) });
      const document = encodeResponse(value);
      const shown = (): string => JSON.stringify(document);
      same(encodeResponseBody(value).toString(), document, shown);
      requestComesBack(random, value);
      if (holdsDouble(value)) return;
      same(plain(decodeResponse(document)), plain(value), shown);
      compactIsTheSame(value, document);
      readersAgree(mutated(document, random).toString());
    },
  }),
};

function requestComesBack(random: Random, value: RpcValue): void {
  const params = [value, ...random.list(0, 2, () => randomValue(random, { all: true }))];
  const document = encodeRequest('a.b', params);
  const found = decodeRequest(Buffer.from(document));
  same(found.params.map(plain), params.map(plain), () => JSON.stringify(document));
}

/** A response's double is a plain number, and 1.0 then an integer. */
function holdsDouble(value: RpcValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Double || Object.values(value).some(holdsDouble);
}

function compactIsTheSame(value: RpcValue, document: string): void {
  const compact = encodeCompact(value);
  if (compact === undefined) return;
  same(plain(decodeCompact(compact)), plain(decodeResponse(document)), () => compact.toString());
}

/** The quick reader takes a document only for what the parser takes it for. */
function readersAgree(document: string): void {
  const quick = readPlainResponse(document, responseLimits);
  if (quick === undefined) return;
  const parsed = parse(document.replace('?>\n', '?><!-- -->\n'));
  same(plain(quick), parsed, () => JSON.stringify(document));
}

function parse(document: string): unknown {
  try {
    return plain(decodeResponse(document));
  } catch (error) {
    if (error instanceof UnmarshallableError) return error.message;
    throw error;
  }
}
