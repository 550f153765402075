import type { Random } from '../../fuzz/random.ts';
// Requests that are no HTTP, or more of it than anyone should send.
import { asked } from './kind.ts';
import type { Attempt, Kind } from './kind.ts';
import { basic, methodCall, post, withHead } from './wire.ts';

const document = methodCall('supervisor.getPID');
const good = post(document);
const goodHead = good.length - document.length;
const rpc = 'POST /RPC2 HTTP/1.1';

function flipBits(random: Random): Attempt {
  const bytes = Buffer.from(good);
  for (let n = random.between(1, 8); n > 0; n--) {
    const at = random.int(random.pick([goodHead, bytes.length]));
    bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
  }
  return asked(bytes);
}

function cutBody(random: Random): Attempt {
  return asked(good.subarray(0, random.between(goodHead, good.length - 1)), '400');
}

const noLengths = ['abc', '-1', '+5', '0x10', '1e3', '5 5', '5,6', '9'.repeat(30), '1.0', '٣'];

const lengths: readonly ((random: Random) => Attempt)[] = [
  // What is left over is no request either.
  (random) =>
    asked(
      withHead([rpc, `Content-Length: ${random.int(document.length - 2)}`], document),
      /^400(?: 400)*$/,
    ),
  (random) =>
    asked(
      withHead([rpc, `Content-Length: ${document.length + random.between(1, 10_000)}`], document),
      '400',
    ),
  (random) => asked(withHead([rpc, `Content-Length: ${random.pick(noLengths)}`], document), '400'),
  (random) =>
    asked(
      withHead([rpc, 'Content-Length: 5', `Content-Length: ${random.between(6, 99)}`], document),
      '400',
    ),
  (random) =>
    asked(
      withHead([rpc, `Content-Length: ${2 ** 24 + random.between(1, 2 ** 40)}`], document),
      '413',
    ),
  () => asked(withHead([rpc], document), '411'),
  () => asked(withHead([rpc, 'X: y']), '411'),
  () => asked(withHead([rpc, 'Content-Length : 5'], document), '400'),
  () => asked(withHead([rpc, 'Content-Length\0: 5'], document), '400'),
  () => asked(withHead([rpc, 'Content-Length: 0']), '400'),
];

const chunks = [
  '5\r\nabcde\r\n0\r\n\r\n',
  'zz\r\n',
  'fffffffffffffffff\r\n',
  '5;a=b\r\nabcde',
  '0\r\n\r\n',
  '',
];

function sendChunked(random: Random): Attempt {
  const coding = `Transfer-Encoding: ${random.pick(['chunked', 'Chunked', 'gzip, chunked'])}`;
  const withLength = random.int(3) === 0 ? ['Content-Length: 5'] : [];
  return asked(
    withHead([rpc, ...withLength, coding], random.pick(chunks)),
    withLength.length > 0 ? '400' : '411',
  );
}

function garbage(random: Random): Buffer {
  // Blank lines before a request are allowed; this first byte never begins one.
  return Buffer.concat([
    Buffer.from([random.pick([0, 1, 0x20, 0x7f, 0xff])]),
    random.bytes(random.int(200)),
  ]);
}

// The answer can be lost when the client is still speaking as the server hangs up.
const tooMuch = /^(?:431)?$/;

function floodHead(random: Random): Attempt {
  const count = random.between(700, 3000);
  const line = `X-${'y'.repeat(random.between(100, 300))}: z`;
  const long = Math.floor(70_000 / line.length) + count;
  return random.pick([
    () => asked(withHead(['GET /ok.html HTTP/1.1', ...Array<string>(long).fill(line)]), tooMuch),
    () => asked(withHead([`GET /${'a'.repeat(66_000 + count)} HTTP/1.1`]), tooMuch),
    () =>
      asked(withHead(['GET /ok.html HTTP/1.1', `Cookie: ${'a'.repeat(66_000 + count)}`]), tooMuch),
    // Many, but small.
    () => asked(withHead(['GET /ok.html HTTP/1.1', ...Array<string>(count).fill('a: b')]), '200'),
  ])();
}

const targets: readonly (readonly [line: string, expected: string | RegExp])[] = [
  ['GET /../../../../etc/passwd HTTP/1.1', '404'],
  ['GET //etc/passwd HTTP/1.1', '404'],
  ['GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1', '404'],
  ['GET /images/..%2f..%2f..%2f..%2fetc%2fpasswd HTTP/1.1', '404'],
  ['GET /%00 HTTP/1.1', '404'],
  ['GET /images/icon.png%00.html HTTP/1.1', '404'],
  ['GET /%zz%% HTTP/1.1', '404'],
  ['GET /%ff%fe HTTP/1.1', '404'],
  ['GET /__proto__ HTTP/1.1', '404'],
  ['GET /constructor HTTP/1.1', '404'],
  ['GET /stylesheets HTTP/1.1', /^(?:301|404)$/],
  ['GET /logtail HTTP/1.1', '500'],
  ['GET /logtail/ HTTP/1.1', '404'],
  ['GET /logtail/nobody HTTP/1.1', '404'],
  ['GET /logtail/cat/stdlog HTTP/1.1', '404'],
  ['GET /logtail/cat:*/stdout HTTP/1.1', '404'],
  ['GET /logtail/__proto__:constructor HTTP/1.1', '404'],
  [`GET /logtail/${'a/'.repeat(5000)} HTTP/1.1`, '404'],
  ['POST /logtail/cat HTTP/1.1', '400'],
  ['GET http://localhost/ok.html HTTP/1.1', '404'],
  ['GET /RPC2 HTTP/1.1', '400'],
  ['PUT /RPC2 HTTP/1.1', '400'],
  ['TRACE / HTTP/1.1', '400'],
  ['OPTIONS * HTTP/1.1', '400'],
  ['CONNECT localhost:22 HTTP/1.1', '400'],
  ['DELETE /ok.html HTTP/1.1', '400'],
  ['BREW /ok.html HTTP/1.1', '400'],
  ['get /ok.html HTTP/1.1', '400'],
  ['GET /ok.html HTTP/1.1 ', '400'],
  ['GET /ok.html HTTP/9.9', '400'],
  ['GET /ok.html FTP/1.1', '400'],
  ['GET ok.html HTTP/1.1', /^(?:400|404)$/],
  ['GET', '400'],
];

const badHeaders = [
  'no colon',
  ': no name',
  'a b: c',
  'a\0b: c',
  'a: b\0c',
  'a: b\rc: d',
  '\x80: c',
];

const credentials: readonly (readonly [header: string, expected: string])[] = [
  ['X: y', '401'],
  ['Authorization: Basic', '401'],
  ['Authorization: Bearer abc', '401'],
  ['Authorization: Digest username="user"', '401'],
  [basic('user:wrong'), '401'],
  [basic('USER:secret'), '401'],
  [basic('user:secret '), '401'],
  [basic(':'), '401'],
  [basic(`user:${'x'.repeat(40_000)}`), '401'],
  ['Authorization: Basic abc', '400'],
  ['Authorization: Basic =', '400'],
  ['Authorization: Basic /////w==', '400'],
  [basic('no colon'), '500'],
  [basic('user:secret'), '200'],
];

const guardedLines = [
  'GET /ok.html HTTP/1.1',
  'GET / HTTP/1.1',
  'GET /images/nothing.png HTTP/1.1',
];

export const heads: readonly Kind[] = [
  { name: 'bits of a request are flipped', attempt: flipBits },
  { name: 'a body ends too early', attempt: cutBody },
  {
    name: 'a head ends too early',
    attempt: (random) => asked(good.subarray(0, random.between(1, goodHead - 1)), '400'),
  },
  { name: 'a length is wrong', attempt: (random) => random.pick(lengths)(random) },
  { name: 'a body comes in chunks', attempt: sendChunked },
  { name: 'noise', attempt: (random) => asked(garbage(random), '400') },
  {
    name: 'noise follows calls',
    attempt(random) {
      const count = random.between(1, 5);
      const calls = Array<Buffer>(count).fill(good);
      return asked(Buffer.concat([...calls, garbage(random)]), `${'200 '.repeat(count)}400`);
    },
  },
  { name: 'a head is endless', attempt: floodHead },
  {
    name: 'a target is odd',
    attempt(random) {
      const [line, expected] = random.pick(targets);
      return asked(withHead([line, 'Connection: close']), expected);
    },
  },
  {
    name: 'a header is none',
    attempt: (random) => asked(withHead(['GET /ok.html HTTP/1.1', random.pick(badHeaders)]), '400'),
  },
  {
    name: 'credentials are wrong',
    guarded: true,
    attempt(random) {
      const [header, expected] = random.pick(credentials);
      const line = expected === '200' ? 'GET /ok.html HTTP/1.1' : random.pick(guardedLines);
      return asked(withHead([line, header]), expected);
    },
  },
];
