import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';
import { RecordingLogger } from '@tsvisor/core/testing';

import { HttpEdge } from '../../src/http/edge.ts';
import type { Limits } from '../../src/http/limits.ts';
import type { Handler, Reply, Request, Sink } from '../../src/http/message.ts';
import { RawClient, ask, timeless } from '../support/raw.ts';
import { waitFor } from '../support/wait-for.ts';

const plain = (text: string): Reply => {
  const body = Buffer.from(text);
  return { status: 200, headers: [['Content-Length', String(body.length)]], body };
};

const edges: HttpEdge[] = [];
afterEach(async () => {
  await Promise.all(edges.splice(0).map((edge) => edge.close()));
});

async function open(handler: Handler, limits: Partial<Limits> = {}) {
  const logger = new RecordingLogger();
  const edge = new HttpEdge({ handler, logger, clock: systemClock, who: 'here', limits });
  edges.push(edge);
  await new Promise<void>((resolve) => void edge.server.listen(0, '127.0.0.1', resolve));
  const { port } = edge.server.address() as AddressInfo;
  return { edge, logger, where: { port, host: '127.0.0.1' } };
}

const echo: Handler = async (request) =>
  plain(request.method === 'POST' ? (await request.body()).toString() : request.path);

const page = (code: number, reason: string): string =>
  `<head>\r\n<title>Error response</title>\r\n</head>\r\n<body>\r\n<h1>Error response</h1>\r\n<p>Error code ${code}.\r\n<p>Message: ${reason}.\r\n</body>\r\n`;

const errorAnswer = (code: number, reason: string): string => {
  const body = page(code, reason);
  return `HTTP/1.1 ${code} ${reason}\r\nServer: Medusa/1.12\r\nDate: …\r\nContent-Length: ${body.length}\r\nContent-Type: text/html\r\n\r\n${body}`;
};

describe('a head', () => {
  test.each([
    ['GET / HTTP/1.1\r\n\r\n', 'HTTP/1.1'],
    ['GET / HTTP/1.0\r\n\r\n', 'HTTP/1.0'],
    ['GET /\r\n\r\n', 'HTTP/None'],
  ])('repeats the version of %j, and begins with Server and Date', async (request, version) => {
    const { where } = await open(echo);
    expect(timeless(await ask(where, request))).toBe(
      `${version} 200 OK\r\nServer: Medusa/1.12\r\nDate: …\r\nContent-Length: 1\r\n\r\n/`,
    );
  });

  test('ends with Connection when an old client asks to keep it', async () => {
    const { where } = await open(echo);
    const answer = await ask(where, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(answer).toMatch(/Content-Length: 1\r\nConnection: Keep-Alive\r\n\r\n\/$/);
  });

  test('may come after blank lines, be folded by case, and be followed by a stray line end', async () => {
    const { where } = await open(async (request) => plain(request.header('x-word') ?? 'none'));
    const client = new RawClient(where).say('\r\n\r\nGET / HTTP/1.1\r\nX-WORD:yes\r\n\r\n\r\n');
    await client.until('yes');
    client.say('GET / HTTP/1.1\r\n\r\n');
    expect(await client.until('none')).not.toContain('400');
    client.leave();
  });
});

describe('a request line that is not encoded', () => {
  const request = (version: string): string =>
    Buffer.from(`GET /naïve HTTP/${version}\r\n\r\n`).toString('latin1');

  test('is read as UTF-8', async () => {
    const { where } = await open(async ({ path, peer }) => plain(`${path} ${peer.host}`));
    const client = new RawClient(where).say(request('1.0'));
    expect(Buffer.from(await client.closed(), 'latin1').toString()).toMatch(
      /\/naïve 127\.0\.0\.1$/,
    );
  });

  test('may ask for an endless reply, which ends with the client', async () => {
    let stopped = false;
    const { where } = await open(({ path }) => ({
      status: 200,
      headers: [],
      stream: (sink) => {
        sink.write(Buffer.from(path));
        return () => (stopped = true);
      },
    }));
    const client = new RawClient(where).say(request('1.1'));
    await client.until(/7\r\n\/na.*ve\r\n$/);
    client.socket.end();
    await waitFor('the end of the stream', () => stopped);
    expect(await client.closed()).not.toContain('400');
  });
});

describe('a connection', () => {
  test('of HTTP/1.1 serves one request after another until told to close', async () => {
    const { where } = await open(echo);
    const client = new RawClient(where);
    for (const path of ['/a', '/b']) await client.say(`GET ${path} HTTP/1.1\r\n\r\n`).until(path);
    client.say('GET /c HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await client.closed()).not.toContain('Connection:');
  });

  test('of HTTP/1.0 ends after one', async () => {
    const { where } = await open(echo);
    expect(await new RawClient(where).say('GET /a HTTP/1.0\r\n\r\n').closed()).toMatch(/\/a$/);
  });

  test('answers pipelined requests in order, each begun when the one before is done', async () => {
    const begun: string[] = [];
    let release = (): void => undefined;
    const { where } = await open(async (request) => {
      begun.push(request.path);
      if (request.path === '/slow') await new Promise<void>((resolve) => (release = resolve));
      return plain(request.path);
    });
    const client = new RawClient(where).say(
      'GET /slow HTTP/1.1\r\n\r\nPOST /next HTTP/1.1\r\nContent-Length: 2\r\n\r\nxxGET /last HTTP/1.1\r\n\r\n',
    );
    await waitFor('the first request', () => begun.length > 0);
    expect(await ask(where, 'GET /other HTTP/1.0\r\n\r\n')).toMatch(/\/other$/);
    expect(begun).toEqual(['/slow', '/other']);
    release();
    expect(await client.until('/last')).toMatch(/\/slow.*\/next.*\/last$/s);
    client.leave();
  });

  test('that the client has half closed still gets its answer', async () => {
    const { where } = await open(async () => {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      return plain('late');
    });
    const client = new RawClient(where);
    client.socket.end('GET / HTTP/1.1\r\n\r\n');
    expect(await client.closed()).toMatch(/late$/);
  });

  test('that the client has half closed still gets all its answers', async () => {
    const { where } = await open(async ({ path }) => {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      return plain(path);
    });
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\n\r\n`;
    expect(await ask(where, get('/a') + get('/b') + get('/c'))).toMatch(/\/a.*\/b.*\/c$/s);
  });

  test('that is closed does not take back what it asked for', async () => {
    let release: (() => void) | undefined;
    let done = false;
    const { where } = await open(async (request) => {
      await request.body();
      await new Promise<void>((resolve) => (release = resolve));
      done = true;
      return plain('');
    });
    const client = new RawClient(where).say('POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx');
    await waitFor('the work to begin', () => release !== undefined);
    client.leave();
    release?.();
    await waitFor('the work to be done', () => done);
    expect(client.heard).toBe('');
  });
});

describe('a body', () => {
  test('needs a length', async () => {
    const { where } = await open(echo);
    const answer = await ask(where, 'POST / HTTP/1.1\r\n\r\nrubbish');
    expect(timeless(answer)).toBe(errorAnswer(411, 'Length Required'));
    const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n';
    expect(await ask(where, chunked)).toMatch(/^HTTP\/1.1 411 /);
  });

  test('may be empty', async () => {
    const { where } = await open(echo);
    expect(await ask(where, 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n')).toMatch(
      /Length: 0\r\n\r\n$/,
    );
  });

  test('that is too large is refused before it is read', async () => {
    const { where } = await open(echo, { maxBodyBytes: 10 });
    const client = new RawClient(where).say('POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n');
    expect(await client.closed()).toMatch(/^HTTP\/1.1 413 Payload Too Large\r\n/);
  });

  test('that nobody wants is not waited for long', async () => {
    const { where } = await open(async () => ({ ...plain('no'), close: true }), {
      closeTimeoutMs: 30,
    });
    const client = new RawClient(where).say('POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab');
    expect(await client.closed()).toMatch(/no$/);
  });

  test('that stops coming is given up', async () => {
    const { where } = await open(echo, { bodyTimeoutMs: 30 });
    const client = new RawClient(where).say('POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab');
    expect(await client.closed()).toMatch(/^HTTP\/1.1 408 /);
  });

  test.each(['', 'GET /before HTTP/1.1\r\n\r\n'])(
    'that will never be whole is not waited for, after %j',
    async (before) => {
      const { where } = await open(echo);
      const cut = `${before}POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab`;
      const answer = timeless(await ask(where, cut));
      expect(answer.slice(answer.indexOf('HTTP/1.1 4'))).toBe(errorAnswer(400, 'Bad Request'));
    },
  );

  test('is asked for when the client waits to be', async () => {
    const { where } = await open(echo);
    const client = new RawClient(where).say(
      'POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
    );
    await client.until('100 Continue');
    expect(await client.say('ok').until(/ok$/)).toContain('200 OK');
    client.leave();
  });
});

describe('what is not HTTP', () => {
  test.each(['garbage\r\n\r\n', 'post / HTTP/1.1\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\n\r\n'])(
    'gets an error page and no more: %j',
    async (bytes) => {
      const { where } = await open(echo);
      const client = new RawClient(where).say(bytes);
      expect(timeless(await client.closed())).toBe(errorAnswer(400, 'Bad Request'));
    },
  );

  test('does not drop the answer to what came before it', async () => {
    const { where } = await open(async () => {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      return plain('first');
    });
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\nrubbish\r\n\r\n');
    expect(await client.closed()).toMatch(/first.*400 Bad Request/s);
  });

  test('that is too long for a head is refused', async () => {
    const { where } = await open(echo, { maxHeadBytes: 1000 });
    const client = new RawClient(where).say(`GET / HTTP/1.1\r\nX: ${'x'.repeat(2000)}\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1.1 431 /);
  });
});

test('an error of a handler is a 500 and a line in the log', async () => {
  const { where, logger } = await open(() => {
    throw new TypeError('oops');
  });
  expect(timeless(await ask(where, 'GET / HTTP/1.0\r\n\r\n'))).toMatch(
    /^HTTP\/1.0 500 Internal Server Error\r\n/,
  );
  expect(logger.lines[0]).toBe("error here:Server Error: <class 'TypeError'>, oops");
});

test('a reply that cannot be written ends the connection and nothing else', async () => {
  const { where, logger } = await open((request) => ({
    status: 200,
    headers: request.path === '/bad' ? [['Location', 'a\r\nb']] : [],
    body: Buffer.from('fine'),
  }));
  expect(await ask(where, 'GET /bad HTTP/1.1\r\n\r\n')).toBe('');
  expect(logger.lines[0]).toMatch(
    /^error here:Server Error: <class 'TypeError'>, Invalid character/,
  );
  expect(await ask(where, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/fine$/);
});

test('each finished response is logged, as an error if it looks like one', async () => {
  const { where, logger } = await open(echo);
  const answer = await ask(where, 'GET /error HTTP/1.0\r\n\r\n');
  await ask(where, 'GET /fine HTTP/1.0\r\n\r\n');
  await waitFor('two lines', () => logger.lines.length === 2);
  expect(logger.lines[0]).toMatch(
    new RegExp(
      `^error 127\\.0\\.0\\.1:\\d+ - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\] "GET /error HTTP/1\\.0" 200 ${answer.length}$`,
    ),
  );
  expect(logger.lines[1]).toMatch(/^trace /);
});

describe('an endless reply', () => {
  const sinks: Sink[] = [];
  let stopped = 0;
  const endless: Handler = () => ({
    status: 200,
    headers: [],
    stream: (sink) => {
      sinks.push(sink);
      sink.write(Buffer.from('hello'));
      return () => (stopped += 1);
    },
  });
  afterEach(() => {
    sinks.splice(0);
    stopped = 0;
  });

  test('is sent in chunks', async () => {
    const { where } = await open(endless);
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    expect(timeless(await client.until('hello\r\n'))).toBe(
      'HTTP/1.1 200 OK\r\nServer: Medusa/1.12\r\nDate: …\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    );
    sinks[0]?.write(Buffer.alloc(26, 'x'));
    expect(await client.until('1a\r\n')).toContain('1a\r\n');
    client.leave();
  });

  test.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'])(
    'is sent as it is, at once, for %j',
    async (request) => {
      const { where } = await open(endless);
      const client = new RawClient(where).say(request);
      expect(await client.until('hello')).not.toContain('Transfer-Encoding');
      sinks[0]?.end();
      expect(await client.closed()).toMatch(/\r\n\r\nhello$/);
    },
  );

  test('stops when the client goes, even if there is nothing to write', async () => {
    const { where } = await open(endless);
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    await client.until('hello');
    client.socket.end();
    await waitFor('the end of the stream', () => stopped === 1);
    expect(await client.closed()).toMatch(/hello\r\n$/);
  });

  test('is not hurt by the limits for slow clients', async () => {
    const { where } = await open(endless, { headTimeoutMs: 20, bodyTimeoutMs: 20 });
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    await client.until('hello');
    await new Promise((resolve) => void setTimeout(resolve, 60));
    sinks[0]?.write(Buffer.from('still'));
    expect(await client.until('still')).toContain('hello');
    client.leave();
  });

  test('tells its writer when the client does not read', async () => {
    const { where } = await open(endless);
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    await client.until('hello');
    client.socket.pause();
    const [sink] = sinks;
    let drained = false;
    sink?.drained(() => (drained = true));
    while (sink?.write(Buffer.alloc(65_536)) === true) {
      // Until the kernel's buffers are full.
    }
    expect(drained).toBe(false);
    client.socket.resume();
    await waitFor('the client to catch up', () => drained);
    client.leave();
  });
});

describe('too many connections', () => {
  test('cost the one that has been idle longest its place', async () => {
    const { where } = await open(echo, { maxConnections: 3 });
    const idle: RawClient[] = [];
    for (let n = 0; n < 3; n++) {
      const client = new RawClient(where);
      await client.say('GET /x HTTP/1.1\r\n\r\n').until('/x');
      idle.push(client);
    }
    idle[0]?.say('GET /again HTTP/1.1\r\n\r\n');
    await idle[0]?.until('/again');
    expect(await ask(where, 'GET /new HTTP/1.0\r\n\r\n')).toMatch(/\/new$/);
    await idle[1]?.closed();
    expect(idle.map((client) => client.isClosed)).toEqual([false, true, false]);
    for (const client of idle) client.leave();
  });

  test('that never say anything do not keep a client out', async () => {
    const { where } = await open(echo, { maxConnections: 20 });
    const silent = Array.from({ length: 60 }, () => new RawClient(where));
    expect(await ask(where, 'GET /me HTTP/1.0\r\n\r\n')).toMatch(/\/me$/);
    for (const client of silent) client.leave();
  });

  test('do not interrupt work that is being done', async () => {
    let release = (): void => undefined;
    let begun = false;
    const { where } = await open(
      async () => {
        begun = true;
        await new Promise<void>((resolve) => (release = resolve));
        return plain('done');
      },
      { maxConnections: 1 },
    );
    const worker = new RawClient(where).say('GET / HTTP/1.0\r\n\r\n');
    await waitFor('the work to begin', () => begun);
    expect(await new RawClient(where).closed()).toBe('');
    release();
    expect(await worker.closed()).toMatch(/done$/);
  });

  test('that never finish a head are closed after a while', async () => {
    const { where } = await open(echo, { headTimeoutMs: 30 });
    expect(await new RawClient(where).say('GET / HT').closed()).toBe('');
  });
});

describe('closing', () => {
  test('lets the reply that is under way go out, and ends the rest', async () => {
    let release = (): void => undefined;
    const asked: Request[] = [];
    const { edge, where } = await open(async (request) => {
      asked.push(request);
      if (request.path === '/endless') {
        return { status: 200, headers: [], stream: () => () => undefined };
      }
      await new Promise<void>((resolve) => (release = resolve));
      return plain('goodbye');
    });
    const worker = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    const watcher = new RawClient(where).say('GET /endless HTTP/1.1\r\n\r\n');
    const idle = new RawClient(where);
    await watcher.until('\r\n\r\n');
    await waitFor('both requests', () => asked.length === 2);
    const closed = edge.close();
    await Promise.all([watcher.closed(), idle.closed()]);
    release();
    expect(await worker.closed()).toMatch(/goodbye$/);
    await closed;
    expect(await new RawClient(where).closed()).toBe('');
  });

  test('does not wait for ever', async () => {
    const { edge, where } = await open(() => new Promise<never>(() => undefined), {
      closeTimeoutMs: 20,
    });
    const client = new RawClient(where).say('GET / HTTP/1.1\r\n\r\n');
    await new Promise((resolve) => void setTimeout(resolve, 20));
    await edge.close();
    expect(await client.closed()).toBe('');
  });
});
