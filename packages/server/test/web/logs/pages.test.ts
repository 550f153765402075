import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { SupervisorError } from '@tsvisor/core';

import type { Request, WholeReply } from '../../../src/http/message.ts';
import { parseTarget } from '../../../src/http/target.ts';
import { builtInTable } from '../../../src/methods/interfaces.ts';
import { pageFor } from '../../../src/web/page-names.ts';
import { Pages } from '../../../src/web/pages.ts';
import { channel, single } from '../../support/config.ts';
import { daemonOf } from '../../support/daemon.ts';
import { folder } from '../../support/folder.ts';

const browser = { host: 'h', 'user-agent': 'Mozilla/5.0' };

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly role?: Request['role'];
}

const kept = (path: string) => channel({ logfile: { to: 'file', path } });

function setUp() {
  const home = folder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const out = file('out.log', '\u001b[31mone\u001b[0m\n<script>alert(1)</script>\n');
  const err = file('err.log', 'two\n');
  const main = file('main.log', '2026-11-23 07:46:10,366 INFO three\n');
  let cleared = 0;
  const daemon = daemonOf(
    [
      single('web', { stdout: kept(out), stderr: kept(err) }),
      single('merged', { redirectStderr: true, stdout: kept(out) }),
      single('none'),
    ],
    {
      mainLog: {
        path: main,
        clear: () => {
          cleared++;
          if (cleared > 1) throw new SupervisorError('FAILED', main);
        },
        subscribe: () => () => undefined,
      },
    },
  );
  const { supervisor, mainLog, logger, clock } = daemon;
  const { readProgram } = daemon.daemon;
  const methods = builtInTable(daemon);
  const context = { supervisor, mainLog, logger, clock, readProgram, methods };
  const pages = new Pages({ ...context, version: '4', address: 'server:9001' });
  const ask = async (target: string, asked: Asked = {}): Promise<WholeReply> => {
    const { method = 'GET', headers = browser, body = '', role = 'full' } = asked;
    const request = {
      method,
      local: null,
      scheme: 'http',
      role,
      ...parseTarget(target),
      header: (name: string) => (headers as Record<string, string>)[name],
      body: async () => Buffer.from(body),
    } as unknown as Request;
    const page = pageFor(request);
    if (page === undefined) throw new Error(`no page for ${target}`);
    return (await pages.answer(page, request)) as WholeReply;
  };
  const text = async (target: string, asked?: Asked): Promise<string> =>
    (await ask(target, asked)).body.toString();
  const token = async (target: string): Promise<string> =>
    /name="token" value="([^"]+)"/.exec(await text(target))?.[1] ?? 'none';
  return { ask, text, token, cleared: () => cleared };
}

test('without a script, a log page is the end of both logs as text', async () => {
  const page = await setUp().text('/log.html?processname=web');

  expect(page).toContain('<pre>one\n&lt;script>alert(1)&lt;/script>\n</pre>');
  expect(page).toContain('<pre>two\n</pre>');
  expect(page).toContain('href="api/v1/processes/web/logs/stderr"');
  expect(page).toContain('<a href="log.html?processname=web&amp;limit=65536">64 KiB</a>');
});

test('there is one pane where standard error goes to standard output', async () => {
  const page = await setUp().text('/log.html?processname=merged');

  expect(page.match(/<section/g)).toHaveLength(1);
  expect(page).not.toContain('data-tab');
});

test('a program whose output is not kept has a page that says so', async () => {
  expect(await setUp().text('/log.html?processname=none')).toContain('Its output is not kept');
});

test.each(['/log.html', '/log.html?processname=nobody', '/log.html?processname=web:*'])(
  '%s is no page',
  async (target) => {
    expect((await setUp().ask(target)).status).toBe(404);
  },
);

test('a name that is none is shown as the text that it is', async () => {
  expect(await setUp().text('/log.html?processname=%3Cb%3E')).toContain('named &lt;b>.');
});

test('the main log is shown to whoever asks, and cleared by a form with the token', async () => {
  const { ask, text, token, cleared } = setUp();
  expect(await text('/mainlog.html')).toContain('INFO three\n</pre>');

  const body = `action=clear&token=${await token('/mainlog.html')}`;
  expect(await ask('/mainlog.html', { method: 'POST', body })).toMatchObject({
    status: 303,
    headers: expect.arrayContaining([
      ['Location', 'mainlog.html?message=Log%20of%20the%20daemon%20cleared'],
    ]),
  });
  expect(cleared()).toBe(1);
  expect(await text('/mainlog.html?message=Log%20cleared')).toContain('>Log cleared</div>');
});

test('what goes wrong with it is said, to our script in JSON', async () => {
  const { ask, text, token } = setUp();
  const body = `action=clear&token=${await token('/mainlog.html')}`;
  await ask('/mainlog.html', { method: 'POST', body });
  const headers = { ...browser, accept: 'application/json' };

  expect(JSON.parse(await text('/mainlog.html', { method: 'POST', body, headers }))).toEqual({
    message: expect.stringContaining('FAILED'),
    failed: true,
  });
});

test('nothing is cleared without the token, by a link, or for those who may only look', async () => {
  const { ask, text, token, cleared } = setUp();
  const body = `action=clear&token=${await token('/mainlog.html')}`;

  const refused = await ask('/mainlog.html', { method: 'POST', body: 'action=clear&token=x' });
  expect(refused.status).toBe(403);
  await expect(ask('/mainlog.html?action=clear')).rejects.toMatchObject({ status: 400 });
  const role = 'readonly';
  expect((await ask('/mainlog.html', { method: 'POST', body, role })).status).toBe(403);
  expect(await text('/mainlog.html', { role })).not.toContain('value="clear"');
  expect(cleared()).toBe(0);
});

test('the logs of a process are cleared where they are shown', async () => {
  const { ask, token } = setUp();
  const body = `action=clear&processname=web&token=${await token('/log.html?processname=web')}`;

  expect(await ask('/log.html', { method: 'POST', body })).toMatchObject({
    status: 303,
    headers: expect.arrayContaining([
      ['Location', 'log.html?processname=web&message=Log%20of%20web%20cleared'],
    ]),
  });
});

test('without a script, the page of events says how else to see them', async () => {
  expect(await setUp().text('/events.html')).toContain('<code>tsvctl events</code>');
});

test.each(['/log.html?processname=web', '/mainlog.html', '/events.html'])(
  '%s has a strict policy, whoever asks',
  async (target) => {
    const { headers } = await setUp().ask(target, { headers: { host: 'h' } });

    expect(new Map(headers).get('Content-Security-Policy')).toContain("default-src 'none'");
  },
);
