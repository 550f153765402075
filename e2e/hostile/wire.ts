// What goes over a connection: requests as bytes, and answers taken apart strictly.
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export type Where = { readonly path: string } | { readonly port: number; readonly host: string };

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** How the client leaves once all is said. */
export type Leaving = 'half-close' | 'vanish' | 'reset';

/** A request as a client that knows how would make it. */
export function post(body: Buffer | string, more: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  return withHead(['POST /RPC2 HTTP/1.1', `Content-Length: ${bytes.length}`, ...more], bytes);
}

export function withHead(lines: readonly string[], body: Buffer | string = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`${[...lines, '', ''].join('\r\n')}`, 'latin1'),
    Buffer.from(body),
  ]);
}

/** A methodCall with these parameters, each the inside of a `<value>`. */
export function methodCall(name: string, ...params: readonly string[]): string {
  const list = params.map((param) => `<param><value>${param}</value></param>`).join('');
  return `<?xml version='1.0'?>\n<methodCall><methodName>${name}</methodName><params>${list}</params></methodCall>\n`;
}

export const basic = (credentials: string): string =>
  `Authorization: Basic ${Buffer.from(credentials).toString('base64')}`;

/** Sends the pieces, leaves, and resolves with what was heard when the server has hung up. */
export function exchange(
  where: Where,
  pieces: readonly Buffer[],
  leaving: Leaving = 'half-close',
  patienceMs = 20_000,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...where, noDelay: true });
    const heard: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end after ${patienceMs} ms; heard ${Buffer.concat(heard).toString()}`));
    }, patienceMs);
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    // The server may hang up while we speak; what it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(heard).toString('latin1'));
    });
    socket.on('connect', () => void speak(socket, pieces, leaving));
  });
}

async function speak(socket: Socket, pieces: readonly Buffer[], leaving: Leaving): Promise<void> {
  for (const [at, piece] of pieces.entries()) {
    if (socket.destroyed) return;
    socket.write(piece);
    if (at < pieces.length - 1) await new Promise((resolve) => void setTimeout(resolve, 1));
  }
  if (leaving === 'half-close') socket.end();
  else if (leaving === 'vanish' || !('resetAndDestroy' in socket) || !socket.remoteAddress) {
    socket.destroy();
  } else socket.resetAndDestroy();
}

/** The answers one after another; throws where they are not what HTTP has them be. */
export function answersIn(heard: string): Answer[] {
  const answers: Answer[] = [];
  let rest = heard;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) throw new Error(`an answer without the end of its head: ${shown(rest)}`);
    const head = rest.slice(0, end);
    const status =
      /^HTTP\/(?:\d\.\d|None) (\d{3}) [A-Z][A-Za-z ]+\r\nServer: Medusa\/1.12\r\n/.exec(head)?.[1];
    const length = /^Content-Length: (\d+)$/im.exec(head)?.[1];
    if (status === undefined || length === undefined) {
      throw new Error(`not the head of an answer: ${shown(rest)}`);
    }
    const body = rest.slice(end + 4, end + 4 + Number(length));
    if (body.length !== Number(length)) throw new Error(`an answer cut short: ${shown(rest)}`);
    answers.push({ status: Number(status), head, body });
    rest = rest.slice(end + 4 + body.length);
  }
  return answers;
}

/** The faultCode in an answer to a call; undefined if it is none. */
export function faultIn({ body }: Answer): number | undefined {
  const [, code] = /<name>faultCode<\/name>\n<value><int>(\d+)<\/int>/.exec(body) ?? [];
  return body.includes('<fault>') && code !== undefined ? Number(code) : undefined;
}

export const shown = (text: string): string => JSON.stringify(text.slice(0, 600));
