// A FastCGI client of one request to a connection, by the records of the specification 1.0.
import { connect } from 'node:net';
import type { NetConnectOpts } from 'node:net';

const VERSION = 1;
const BEGIN_REQUEST = 1;
const END_REQUEST = 3;
const PARAMS = 4;
const STDIN = 5;
const STDOUT = 6;
const STDERR = 7;
const RESPONDER = 1;
const REQUEST_ID = 1;
const HEADER_BYTES = 8;

export interface FastcgiAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly appStatus: number;
}

/** Has a script run by the server at this address. Rejects if the connection cannot be made or breaks. */
export function fastcgiRequest(
  address: NetConnectOpts,
  params: Readonly<Record<string, string>>,
  body = '',
): Promise<FastcgiAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let input: Buffer = Buffer.alloc(0);
    const texts = { [STDOUT]: '', [STDERR]: '' };
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer in 10 s')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed with the answer at ${texts[STDOUT]}`)));
    socket.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      for (let next = takeRecord(input); next !== undefined; next = takeRecord(input)) {
        input = next.rest;
        if (next.type === STDOUT || next.type === STDERR) {
          texts[next.type] += next.content.toString();
        } else if (next.type === END_REQUEST) {
          const [stdout, stderr] = [texts[STDOUT], texts[STDERR]];
          resolve({ stdout, stderr, appStatus: next.content.readUInt32BE(0) });
          socket.end();
        }
      }
    });
    socket.write(
      Buffer.concat([
        record(BEGIN_REQUEST, Buffer.from([0, RESPONDER, 0, 0, 0, 0, 0, 0])),
        record(PARAMS, Buffer.concat(Object.entries(params).map(pair))),
        record(PARAMS),
        ...(body === '' ? [] : [record(STDIN, Buffer.from(body))]),
        record(STDIN),
      ]),
    );
  });
}

function record(type: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(REQUEST_ID, 2);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** Lengths below 128 take one byte, others four with the highest bit set. */
function pair([name, value]: [string, string]): Buffer {
  const length = (text: string): Buffer => {
    const bytes = Buffer.byteLength(text);
    if (bytes < 128) return Buffer.from([bytes]);
    const long = Buffer.alloc(4);
    long.writeUInt32BE(bytes + 2 ** 31);
    return long;
  };
  return Buffer.concat([length(name), length(value), Buffer.from(name + value)]);
}

function takeRecord(
  input: Buffer,
): { readonly type: number; readonly content: Buffer; readonly rest: Buffer } | undefined {
  if (input.length < HEADER_BYTES) return undefined;
  const content = input.readUInt16BE(4);
  const end = HEADER_BYTES + content + input.readUInt8(6);
  if (input.length < end) return undefined;
  return {
    type: input.readUInt8(1),
    content: input.subarray(HEADER_BYTES, HEADER_BYTES + content),
    rest: input.subarray(end),
  };
}
