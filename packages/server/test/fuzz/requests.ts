import { encodeRequest } from '@tsvisor/rpc';

import { threeParts } from '../../../../fuzz/cuts.ts';
import type { Random } from '../../../../fuzz/random.ts';

/** What a client says on one connection. */
export interface Conversation {
  readonly bytes: Buffer;
  /** The methods of the requests, in order; none is HEAD where they are not told. */
  readonly methods?: readonly string[];
  /** How many answers there may be; undefined: something is wrong with the requests. */
  readonly counts?: readonly number[];
}

interface Asked {
  readonly method: string;
  readonly bytes: Buffer;
  /**
   * Nothing more is read behind it; where a client waits for 100 and gets an answer, perhaps nothing; or the
   * connection may end before there is an answer.
   */
  readonly ends?: 'always' | 'perhaps' | 'before';
}

const PAGES = [
  '/',
  '/index.html',
  '/tail.html?processname=web&limit=10',
  '/log.html?processname=web',
  '/config.html',
  '/ok.html',
  '/stylesheets/supervisor.css',
  '/images/icon.png',
  '/none',
  '/%zz',
  '/a%00b',
  '/RPC2',
  '/RPC2x?a',
  '/../etc/passwd',
  '/%2e%2e/x',
  '*',
  'http://h/ok.html',
  '/metrics',
  '/healthz',
  '/index.html?action=nothing',
  '/?' + 'x'.repeat(300),
  '//ok.html',
  '/ok.html;p',
  '/ok.html#f',
];
const API = [
  '',
  '/processes',
  '/processes/web',
  '/processes/none',
  '/processes/web/logs/stdout',
  '/processes/web/logs/stdout?offset=-5',
  '/processes/web/logs/nothing',
  '/groups',
  '/groups/web',
  '/config',
  '/config/web',
  '/listeners',
  '/openapi.json',
  '/supervisor/log',
  '/supervisor/shutdown-plan',
  '/x',
  '/processes/%ff',
  '/processes/*',
];
const STREAMS = [
  '/logtail/web',
  '/logtail/none',
  '/mainlogtail',
  '/events',
  '/logtail/web/stderr',
  '/api/v1/stream',
];
const HEADERS = [
  'Host: localhost',
  'Host: h',
  'Accept: */*',
  'Accept: application/vnd.tsvisor.result+json',
  'Connection: keep-alive',
  'connection: Keep-Alive',
  'X-A:b',
  'X-A: \t b ',
  'X-Empty:',
  'Range: bytes=0-',
  'Range: bytes=-5',
  'Range: bytes=5-2',
  'Range: bytes=0-1,3-4',
  'Range: bytes=99999999999999999999-',
  'Range: x',
  'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT',
  'If-Modified-Since: never',
  'Upgrade: h2c',
  'Cookie: a=b',
  'User-Agent: x',
  'Origin: http://evil',
  'Sec-Fetch-Site: cross-site',
  'X-Forwarded-For: 1',
  'TE: trailers',
  'Accept-Encoding: gzip',
  'Authorization: Basic Og==',
  'Authorization: x',
];
const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH'];
const CALLS = [
  'supervisor.getState',
  'supervisor.getAllProcessInfo',
  'supervisor.getPID',
  'system.listMethods',
  'none',
  'supervisor.readProcessStdoutLog',
  'supervisor.tailProcessLog',
];
const BODIES = [
  '',
  'x',
  '{}',
  '{"signal":"HUP"}',
  '[',
  'null',
  '<a/>',
  '<methodCall/>',
  '\0',
  '\xff',
  'a=b&c=d',
  '{"chars":"x"}',
  'x'.repeat(5000),
];
const ODD_PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  ':',
  '\xc3\xa9',
  '\xff',
  '%',
  'Content-Length: 5\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 1_0\r\n',
  'Content-Length: 99999999999999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'Transfer-Encoding: x\r\n',
  'Expect: 200-ok\r\n',
  'Expect: 100-continue\r\n',
  UPGRADE,
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/1.2',
  'CONNECT h:1 HTTP/1.1\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00',
  '0\r\n\r\n',
  '5\r\nhello\r\n',
  'GET /\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  ' folded\r\n',
  '\r\n\r\n',
];

export function conversation(random: Random): Conversation {
  const asked = random.list(1, 5, () => request(random));
  if (random.once(3)) asked.push(last(random));
  else if (random.once(4)) asked.push(webSocket);
  const bytes = Buffer.concat(asked.map((one) => one.bytes));
  // Answers to HEAD have no body, and only those who know what they asked can tell.
  if (random.once(2) && asked.every(({ method }) => method !== 'HEAD')) {
    return { bytes: mutated(bytes, random) };
  }
  const methods = asked.map(({ method }) => method);
  const counts = asked.flatMap(({ ends }, n) => {
    const isLast = n === asked.length - 1;
    return [...(ends === 'before' ? [n] : []), ...(ends !== undefined || isLast ? [n + 1] : [])];
  });
  return { bytes, methods, counts };
}

function request(random: Random): Asked {
  return random.once(3) ? post(random) : plain(random);
}

function plain(random: Random): Asked {
  const method = random.pick(METHODS);
  const target = random.once(2) ? random.pick(PAGES) : `/api/v1${random.pick(API)}`;
  const body = random.once(8) ? random.pick(BODIES) : undefined;
  return asked(method, target, headers(random), body);
}

function post(random: Random): Asked {
  const body = random.once(2)
    ? encodeRequest(random.pick(CALLS), random.pick([[], ['web'], ['web', 0, 100]]))
    : random.pick(BODIES);
  const target = random.once(2)
    ? '/RPC2'
    : random.pick([
        '/api/v1/processes/none/start',
        '/api/v1/processes/web/signal',
        '/api/v1/events/remote',
        '/api/v1/processes/web/stdin',
        '/index.html',
        '/ok.html',
        '/none',
      ]);
  const expects = random.once(5) ? ['Expect: 100-continue'] : [];
  const type = random.pick([
    'text/xml',
    'application/json',
    'application/x-www-form-urlencoded',
    '',
  ]);
  const lines = [...headers(random), `Content-Type: ${type}`, ...expects];
  const found = asked('POST', target, lines, body);
  return expects.length === 0 ? found : { ...found, ends: 'perhaps' };
}

/** What ends the connection. */
function last(random: Random): Asked {
  const found = random.pick([
    () => asked('GET', random.pick(PAGES), ['Connection: close'], undefined),
    () => asked('GET', random.pick(PAGES), [], undefined, 'HTTP/1.0'),
    () => asked('POST', '/RPC2', ['Transfer-Encoding: chunked'], undefined),
    () => asked('POST', '/RPC2', [], undefined),
    () => asked('GET', random.pick(PAGES), [UPGRADE.trimEnd()], undefined),
    () => asked('GET', random.pick(STREAMS), headers(random), undefined),
    () => asked('GET', random.pick(STREAMS), [], undefined, 'HTTP/1.0'),
  ]);
  return { ...found(), ends: 'always' };
}

/** Nobody talks to a client that has said all it has to say. */
const webSocket: Asked = {
  ...asked('GET', '/api/v1/stream', [UPGRADE.trimEnd()], undefined),
  ends: 'before',
};

const headers = (random: Random): string[] => random.list(0, 4, () => random.pick(HEADERS));

function asked(
  method: string,
  target: string,
  lines: readonly string[],
  body: string | undefined,
  version = 'HTTP/1.1',
): Asked {
  const bytes = Buffer.from(body ?? '', 'latin1');
  const all = [
    `${method} ${target} ${version}`,
    ...lines,
    ...(body === undefined ? [] : [`Content-Length: ${bytes.length}`]),
  ];
  const head = Buffer.from(`${all.join('\r\n')}\r\n\r\n`, 'latin1');
  return { method, bytes: Buffer.concat([head, bytes]) };
}

function mutated(bytes: Buffer, random: Random): Buffer {
  let changed = bytes.toString('latin1');
  for (let n = random.between(1, 3); n > 0; n--) {
    const [before, inside, after] = threeParts(changed, random, [2, 10, 100]);
    changed = random.pick([
      before + after,
      before + inside + inside + after,
      before,
      before + random.pick(ODD_PIECES) + inside + after,
      before + random.pick(ODD_PIECES) + inside + after,
      before + String.fromCharCode(random.int(256)) + after,
    ]);
  }
  return Buffer.from(changed.replaceAll('HEAD', 'HEAR'), 'latin1');
}
