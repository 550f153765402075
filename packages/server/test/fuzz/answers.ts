import { ResponseParser } from '../../../rpc/src/client/response-parser.ts';
import type { ResponseHead } from '../../../rpc/src/client/response-parser.ts';

/** The statuses of all answers on a connection. @throws {Error} if anything of it is not HTTP */
export function readAnswers(bytes: Buffer, methods: readonly string[] = []): number[] {
  const statuses: number[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    if (rest.toString('latin1', 0, 13) === 'HTTP/1.1 101 ') return [...statuses, 101];
    const isBodiless = methods[statuses.length] === 'HEAD';
    const { status, surplus } = readAnswer(isBodiless ? withoutBody(rest) : versioned(rest));
    statuses.push(status);
    rest = surplus;
  }
  return statuses;
}

function readAnswer(bytes: Buffer): { status: number; surplus: Buffer } {
  let head: ResponseHead | undefined;
  const surplus: Buffer[] = [];
  const parser = new ResponseParser({
    head: (found) => (head = found),
    body: () => undefined,
    end: () => undefined,
    surplus: (piece) => surplus.push(piece),
  });
  parser.push(bytes);
  if (!parser.isDone && head?.headers.get('transfer-encoding') !== 'chunked') parser.finish();
  // An endless reply ends when its client has said all.
  if (head === undefined) throw new Error('an answer without a head');
  return { status: head.status, surplus: Buffer.concat(surplus) };
}

const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

/** The version is the client's own, whatever that was. */
function versioned(bytes: Buffer): Buffer {
  const answer = bytes.indexOf(CONTINUE) === 0 ? bytes.subarray(CONTINUE.length) : bytes;
  const line = /^HTTP\/(?:None|\d\.\d) /.exec(answer.toString('latin1', 0, 12))?.[0];
  if (line === undefined) return answer;
  return Buffer.concat([Buffer.from('HTTP/1.1 '), answer.subarray(line.length)]);
}

/** The answer to HEAD tells of a body that does not come. */
function withoutBody(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes
    .toString('latin1', 0, end)
    .replace(/^Content-Length: \d+/im, 'Content-Length: 0');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes.subarray(end)]);
}
