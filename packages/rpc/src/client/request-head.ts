/** The bytes of the two kinds of requests, as supervisorctl sends them (ctl.md §2). */
import { COMPACT_TYPE } from '../compact.ts';
import { hostHeader } from './server-url.ts';
import type { Address } from './server-url.ts';

export interface Credentials {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** A POST to /RPC2. Credentials are sent only if both are there, even if empty. */
export function rpcRequest(address: Address, credentials: Credentials, body: string): Buffer {
  const { username, password } = credentials;
  const content = Buffer.from(body);
  const head = [
    'POST /RPC2 HTTP/1.1',
    `Host: ${hostHeader(address)}`,
    'Accept-Encoding: identity',
    'User-Agent: tsvisor',
    'Content-Type: text/xml',
    `Accept: text/xml, ${COMPACT_TYPE}`,
    ...(username === undefined || password === undefined
      ? []
      : [`Authorization: ${basic(username, password)}`]),
    `Content-Length: ${content.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content]);
}

/**
 * A GET of a log stream. Credentials are sent only if the password is not empty. supervisorctl
 * ends it with one line more than HTTP asks for, and so does this.
 */
export function followRequest(address: Address, credentials: Credentials, path: string): Buffer {
  const { username = '', password = '' } = credentials;
  const head = [
    `GET ${requestTarget(path)} HTTP/1.1`,
    `Host: ${address.kind === 'unix' ? '' : hostHeader(address)}`,
    'Accept-Encoding: chunked',
    'Accept: */*',
    'User-agent: Supervisor HTTP Client',
    ...(password === '' ? [] : [`Authorization: ${basic(username, password)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n\r\n`);
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Process names stay as typed, but for what would end the request line. */
function requestTarget(path: string): string {
  // oxlint-disable-next-line no-control-regex
  return path.replaceAll(/[\0-\x20\x7f]/g, (character) => encodeURIComponent(character));
}
