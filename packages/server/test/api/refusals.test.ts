import { describe, expect, test } from '@jest/globals';

import { usual } from './support/scenarios.ts';
import { credentials, serve } from './support/served.ts';

describe('what is not there', () => {
  test.each([
    '/api',
    '/api/v2/processes',
    '/api/v1/nothing',
    '/api/v1/processes/web/x',
    '/api/v1//',
  ])('%s is no path', async (path) => {
    const { ask } = await usual();
    expect(await ask(`GET ${path}`)).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      json: { type: 'about:blank', title: 'Not Found', fault: null },
    });
  });

  test('a process that is not there is a fault', async () => {
    const { ask } = await usual();
    expect(await ask('GET /processes/two:c')).toMatchObject({
      status: 404,
      json: {
        type: 'urn:tsvisor:fault:BAD_NAME',
        title: 'No process or group of this name.',
        detail: 'BAD_NAME: two:c',
        fault: { code: 10, name: 'BAD_NAME' },
      },
    });
  });

  test.each(['two:*', 'two:', '*', '%00', '%ff', '%'])('%s is no process', async (name) => {
    const { ask } = await usual();
    expect((await ask(`GET /processes/${name}`)).status).toBe(404);
    expect((await ask(`POST /processes/${name}/start`)).status).toBe(404);
  });
});

test.each([
  ['DELETE /processes', 'GET, HEAD'],
  ['GET /processes/web/start', 'POST'],
  ['PATCH /groups/two', 'GET, HEAD, PUT, DELETE'],
  ['POST /supervisor/log', 'DELETE, GET, HEAD'],
])('%s is not allowed, but %s', async (what, allowed) => {
  const { ask } = await usual();
  const { status, headers } = await ask(what);
  expect([status, headers['allow']]).toEqual([405, allowed]);
});

describe('what is said wrongly', () => {
  test('is told all at once, with names', async () => {
    const { ask } = await usual();
    const body = { wait: 'yes', __proto__x: 1, constructor: 2 };
    expect((await ask('POST /processes/web/start?wat=1', { body })).json).toMatchObject({
      status: 400,
      detail:
        'wat is not known here; known are wait; wait must be true or false, not "yes"; __proto__x is not known here; known are wait; constructor is not known here; known are wait',
      fault: { code: 2, name: 'INCORRECT_PARAMETERS' },
      mistakes: [
        { in: 'query', name: 'wat' },
        { in: 'body', name: 'wait' },
        { in: 'body', name: '__proto__x' },
        { in: 'body', name: 'constructor' },
      ],
    });
  });

  test.each([
    ['POST /processes/web/start?wait=1', undefined, 'wait must be true or false, not "1"'],
    ['POST /processes/web/start?wait=true&wait=true', undefined, 'wait is given twice'],
    ['POST /processes/web/start?wait=true', { wait: true }, 'wait is given in the query, too'],
    ['POST /processes/web/start', [], 'the body must be a JSON object'],
    ['POST /processes/web/start', 'null', 'the body must be a JSON object'],
    [
      'POST /processes/web/signal',
      { signal: [1] },
      'signal must be a string or an integer, not an array',
    ],
    [
      'POST /processes/web/signal',
      { signal: 1.5 },
      'signal must be a string or an integer, not 1.5',
    ],
    ['POST /processes/web/stdin', {}, 'data is missing'],
    [
      'POST /supervisor/update',
      { groups: ['a', 1] },
      'groups has an item 1 that must be a string, not 1',
    ],
    [
      'GET /processes/web/logs/stdout?offset=1e3',
      undefined,
      'offset must be an integer, not "1e3"',
    ],
    ['GET /processes/web/logs/stdout?length=-1', undefined, 'length must be at least 0, not -1'],
    [
      'GET /processes/web/logs/stdout?tail=1&length=1',
      undefined,
      'tail stands for an offset and a length: give one or the other',
    ],
  ])('%s %j', async (what, body, detail) => {
    const { ask } = await usual();
    expect((await ask(what, { body })).json).toMatchObject({ status: 400, detail });
  });

  test.each([
    ['{"wait":tru}', /^the body is not JSON: line 1, column \d+: /],
    ['{\n  "wait": true,\n}', /^the body is not JSON: line 3, column 1: /],
    ['{"wait":', /^the body is not JSON: line 1, column 9: /],
  ])('%j tells where it is not JSON', async (body, detail) => {
    const { ask } = await usual();
    expect((await ask('POST /processes/web/start', { body })).json).toMatchObject({
      status: 400,
      detail: expect.stringMatching(detail),
    });
  });
});

describe('what the form of a web page can send is refused', () => {
  test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    '%s',
    async (type) => {
      const { ask } = await usual();
      for (const body of [undefined, 'wait=false']) {
        const answer = await ask('POST /processes/web/start', {
          body,
          headers: { 'content-type': type },
        });
        expect([answer.status, answer.headers['accept-post']]).toEqual([415, 'application/json']);
      }
    },
  );

  test('a body without a type is refused, JSON with a charset is not', async () => {
    const { ask } = await serve([]);
    const json = 'application/json; charset=utf-8';
    const body = { wait: true };
    expect(
      (await ask('POST /supervisor/stop-all', { body, headers: { 'content-type': json } })).status,
    ).toBe(200);
  });

  test.each(['GET /processes', 'GET /openapi.json', 'POST /supervisor/stop-all'])(
    'pages of other sites may not even look: %s',
    async (what) => {
      const { ask } = await usual();
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example' },
      ]) {
        expect((await ask(what, { headers })).status).toBe(403);
      }
      const own = { origin: 'http://here:9001', host: 'here:9001' };
      expect((await ask(what, { headers: own })).status).toBe(200);
    },
  );
});

describe('an account that may only look', () => {
  test('looks at everything, and changes nothing', async () => {
    const { ask, supervisor } = await usual({ account: 'readonly' });
    expect((await ask('GET /')).json).toMatchObject({ role: 'readonly' });
    expect((await ask('GET /processes/web/logs/stdout')).text).toBe('0123456789');
    expect(await ask('POST /processes/web/start')).toMatchObject({
      status: 403,
      json: { fault: { code: 100, name: 'FORBIDDEN' } },
    });
    expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
  });

  test('nobody without a password is told more than that there is one', async () => {
    const { ask } = await usual({ account: 'full' });
    const answer = await ask('GET /nothing', { headers: { authorization: credentials.none } });
    expect(answer).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': 'Basic realm="default"',
        connection: 'close',
        'content-type': 'application/problem+json',
      },
      json: { title: 'Unauthorized' },
    });
  });

  test.each(['Basic !!!', 'Basic bm9jb2xvbg==', 'Basic a'])(
    'credentials that are none are told of as a problem, too: %s',
    async (authorization) => {
      const { ask } = await usual({ account: 'full' });
      const answer = await ask('GET /processes', { headers: { authorization } });
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.json['status']).toBe(answer.status);
    },
  );
});

test('while the daemon stops it can be looked at, but not told to do anything', async () => {
  const { ask, supervisor } = await usual();
  void supervisor.shutdown();
  expect((await ask('GET /')).json).toMatchObject({ state: 'SHUTDOWN' });
  expect((await ask('GET /processes')).status).toBe(200);
  expect(await ask('POST /processes/web/start')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '5' },
    json: { fault: { code: 6, name: 'SHUTDOWN_STATE' } },
  });
});

test('a body that is too large is refused before it is read', async () => {
  const { ask } = await usual();
  const body = { data: 'x'.repeat(10_000) };
  expect(await ask('POST /processes/web/stdin', { body })).toMatchObject({
    status: 413,
    json: { title: 'Payload Too Large' },
  });
});
