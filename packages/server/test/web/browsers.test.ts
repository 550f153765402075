import { describe, expect, test } from '@jest/globals';

import type { WholeReply } from '../../src/http/message.ts';
import { group, program, single } from '../support/config.ts';
import { pagesOf } from '../support/pages.ts';
import type { Asked } from '../support/pages.ts';

const setUp = () => pagesOf(single('web', { startSeconds: 0 }), group('g', [program('a')]));

const headers = { host: 'h:80', 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0' };
const local = { host: '127.0.0.1', port: 9001 };
const header = (reply: WholeReply, name: string): string | undefined =>
  new Map(reply.headers).get(name);

/** The token in the page's form. */
const tokenIn = (page: string): string =>
  /<input name="token" type="hidden" value="([\w-]{32})">/.exec(page)?.[1] ?? '';

const post = (body: string, more: Record<string, string> = {}): Asked => ({
  method: 'POST',
  headers: { ...headers, ...more },
  body,
});

describe('a browser that posts', () => {
  test('the token of a page is sent on to the page, by a relative address', async () => {
    const { ask, text, supervisor } = setUp();
    const token = tokenIn(await text('/'));
    const reply = await ask('/index.html?action=start&processname=web', post(`token=${token}`));
    expect(reply.status).toBe(303);
    expect(header(reply, 'Location')).toBe('./?message=Process%20web%20started');
    expect(supervisor.find('web')[0]?.state).toBe('RUNNING');
  });

  test.each(['', 'token=', 'token=wrong', `token=${'x'.repeat(32)}`])(
    'another token is refused: %s',
    async (body) => {
      const { ask, supervisor } = setUp();
      const reply = await ask('/index.html?action=start&processname=web', post(body));
      expect(reply.status).toBe(403);
      expect(reply.body.toString()).toContain('load the page again');
      expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
    },
  );

  test('the token of another server is refused', async () => {
    const token = tokenIn(await setUp().text('/'));
    const { ask } = setUp();
    expect((await ask('/?action=stopall', post(`token=${token}`))).status).toBe(403);
  });

  test('a right token from another site is refused', async () => {
    const { ask, text } = setUp();
    const token = tokenIn(await text('/'));
    const request = post(`token=${token}`, { 'sec-fetch-site': 'cross-site' });
    expect((await ask('/?action=stopall', request)).status).toBe(403);
  });

  test('an old link still acts', async () => {
    const { ask } = setUp();
    const reply = await ask('/?action=start&processname=web', {
      headers: { ...headers, 'sec-fetch-site': 'none' },
    });
    expect(reply.status).toBe(301);
    expect(header(reply, 'Location')).toBe('http://h/?message=Process%20web%20started');
  });
});

describe('a browser that does not say where a link is from', () => {
  const silent = { headers: { host: 'h:80', 'user-agent': 'Mozilla/5.0' } };

  test('is asked whether it is meant, and does it by a form', async () => {
    const { ask, supervisor } = setUp();
    const asked = await ask('/index.html?action=start&processname=web', silent);
    expect(asked.status).toBe(403);
    expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
    const page = asked.body.toString();
    expect(page).toContain('<bdi>start</bdi> <bdi>web</bdi>');
    const inputs = [...page.matchAll(/<input name="(\w+)" type="hidden" value="([^"]*)">/g)];
    const body = String(
      new URLSearchParams(
        inputs.map(([, name = '', value = '']): [string, string] => [name, value]),
      ),
    );
    expect((await ask('/index.html', post(body))).status).toBe(303);
    expect(supervisor.find('web')[0]?.state).toBe('RUNNING');
  });

  test('is shown no markup of the link', async () => {
    const page = await setUp().text('/?action=%3Cb%3E&processname=%22%3E%3Ci%3E', silent);
    expect(page).not.toMatch(/<b>|<i>/);
  });

  test('may have the page anew without being asked', async () => {
    expect((await setUp().ask('/?action=refresh', silent)).status).toBe(301);
  });
});

describe('the script of the page', () => {
  const accept = { accept: 'application/json' };

  test('is answered in JSON', async () => {
    const { ask, text } = setUp();
    const body = `token=${tokenIn(await text('/'))}`;
    const started = await ask('/?action=start&processname=web', post(body, accept));
    expect(started.status).toBe(200);
    expect(JSON.parse(started.body.toString())).toEqual({
      message: 'Process web started',
      failed: false,
    });
    const again = await ask('/?action=start&processname=web', post(body, accept));
    expect(JSON.parse(again.body.toString())).toEqual({
      message: 'ERROR: Process web: already started',
      failed: true,
    });
    const refused = await ask('/?action=stopall', post('', accept));
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body.toString())).toMatchObject({ failed: true });
  });

  test('does not wait for long', async () => {
    const { ask, text, clock, supervisor } = setUp();
    const body = `token=${tokenIn(await text('/'))}`;
    await ask('/?action=start&processname=web', post(body));
    const reply = ask('/?action=stop&processname=web', post(body, accept));
    const turns = setInterval(() => clock.advance(500), 1);
    const { status, body: answer } = await reply;
    clearInterval(turns);
    expect(status).toBe(202);
    expect(JSON.parse(answer.toString())).toEqual({ message: null, failed: false });
    expect(supervisor.find('web')[0]?.state).toBe('STOPPING');
  });
});

describe('whoever may only look', () => {
  const role = 'readonly' as const;

  test('sees no buttons, and as many slots', async () => {
    const page = await setUp().text('/', { role });
    expect(page).not.toContain('<button formaction');
    expect(page).not.toContain('name="token"');
    expect(page).not.toContain('signal.html');
    expect([...page.matchAll(/<li>/g)]).toHaveLength(10);
    expect(page).toContain('index.html?action=refresh');
  });

  test('changes nothing, with a token or as a script', async () => {
    const { ask, text, supervisor } = setUp();
    const token = tokenIn(await text('/'));
    const target = '/?action=start&processname=web';
    const refused = await ask(target, { ...post(`token=${token}`), role });
    expect(refused.status).toBe(403);
    expect(refused.body.toString()).toContain('This account may look and change nothing.');
    await expect(ask(target, { role })).rejects.toMatchObject({ status: 403 });
    await expect(ask('/signal.html', { role })).rejects.toMatchObject({ status: 403 });
    expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
    expect((await ask('/?action=refresh', { role })).status).toBe(301);
  });
});

describe('browsers', () => {
  test('are told what a page may do, and scripts what they have always been', async () => {
    const { ask } = setUp();
    const page = await ask('/', { headers });
    expect(header(page, 'Content-Security-Policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors 'none'",
    );
    expect(header(page, 'X-Frame-Options')).toBe('DENY');
    expect(header(page, 'X-Content-Type-Options')).toBe('nosniff');
    expect(header(page, 'Referrer-Policy')).toBe('same-origin');
    expect(page.body.toString()).toContain('<meta http-equiv="Content-Security-Policy"');
    expect(header(await ask('/'), 'X-Frame-Options')).toBeUndefined();
    expect(header(await ask('/config.html'), 'X-Frame-Options')).toBe('DENY');
  });

  test('see why the daemon does nothing while it ends', async () => {
    const { ask, supervisor } = setUp();
    void supervisor.shutdown();
    const page = await ask('/', { headers });
    expect(page.status).toBe(500);
    expect(page.body.toString()).toContain('<h1>SHUTDOWN</h1>');
  });
});

test('a foreign name that was pointed here shows nothing', async () => {
  const { ask } = setUp();
  const request = { headers: { ...headers, host: 'evil.example:9001' }, local };
  for (const path of ['/', '/config.html', '/tail.html?processname=web']) {
    const page = await ask(path, request);
    expect(page.status).toBe(403);
    expect(page.body.toString()).toContain('This server is not called evil.example:9001.');
    expect(page.body.toString()).not.toContain('web');
  }
  expect((await ask('/', { headers: { ...headers, host: 'localhost:9001' }, local })).status).toBe(
    200,
  );
});

test('pages hold nothing that is run or fetched but from this server', async () => {
  const { text } = setUp();
  for (const path of ['/', '/config.html', '/config.html?processname=web', '/signal.html']) {
    const page = await text(path);
    expect(page).not.toMatch(
      /<(?:script|style)>|<script (?!(?:defer )?src="scripts\/)| on\w+=| style=/,
    );
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:\w+:|\/)/);
  }
});
