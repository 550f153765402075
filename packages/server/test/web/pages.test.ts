import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { Request } from '../../src/http/message.ts';
import { ctime } from '../../src/web/ctime.ts';
import { pageFor } from '../../src/web/page-names.ts';
import { channel, group, program, single } from '../support/config.ts';
import { folder } from '../support/folder.ts';
import { pagesOf } from '../support/pages.ts';

describe('the status page', () => {
  test('shows a row for each process, by group and name, with five slots', async () => {
    const { text, supervisor, clock } = pagesOf(
      group('g', [program('b'), program('a', { startSeconds: 0 })]),
      single('web'),
    );
    supervisor.find('g:a')[0]?.beginStart();
    clock.advance(0);
    const page = await text('/');
    expect(page).toContain('<title>Supervisor Status</title>');
    expect(page).toContain('<div class="hidden">#</div>');
    expect([...page.matchAll(/<tr class="(\w*)" data-process/g)].map(([, shade]) => shade)).toEqual(
      ['', 'shade', ''],
    );
    expect(
      [...page.matchAll(/<span class="(status.*?)">(.*?)<\/span>/g)].map((m) => m.slice(1)),
    ).toEqual([
      ['statusrunning', 'running'],
      ['statusnominal', 'stopped'],
      ['statusnominal', 'stopped'],
    ]);
    expect(page).toContain('<a href="tail.html?processname=g%3Aa" target="_blank">g:a</a>');
    expect(page).toContain(
      '<button aria-label="Restart g:a" formaction="index.html?processname=g%3Aa&amp;action=restart" name="Restart">Restart</button>',
    );
    expect(page).toContain(
      '<button aria-label="Start web" formaction="index.html?processname=web&amp;action=start" name="Start">Start</button>',
    );
    expect(page).toContain(
      '<a href="logtail/web/stderr" name="Tail -f Stderr" target="_blank"><span class="long">Tail -f </span>Stderr</a>',
    );
    expect([...page.matchAll(/<li>/g)]).toHaveLength(15);
    expect([...page.matchAll(/<a class="hidden" href="#" name="#">Action<\/a>/g)]).toHaveLength(2);
    expect(page).toContain('<span>4.4.0.dev0</span>');
  });

  test('says when there is nothing to show', async () => {
    expect(await pagesOf().text('/index.html')).toContain('No programs to manage');
  });

  test('escapes names, descriptions and messages', async () => {
    const { text } = pagesOf(single(`<img src=x onerror="alert('1')">&amp;`));
    const page = await text('/?message=%3Cscript%3Ealert(1)%3C/script%3E');
    expect(page).toContain('<div class="status_msg">&lt;script>alert(1)&lt;/script></div>');
    expect(page).not.toContain('<script>');
    expect(page).toContain(`&lt;img src=x onerror="alert('1')">&amp;amp;</a>`);
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('processname=%3Cimg%20src%3Dx%20onerror%3D%22');
  });

  test('is not kept by browsers', async () => {
    const { headers } = await pagesOf().ask('/');
    expect(headers.map(([name]) => name)).toEqual([
      'Content-Type',
      'Pragma',
      'Cache-Control',
      'Expires',
      'Content-Length',
    ]);
  });
});

describe('an action', () => {
  const startable = (): ReturnType<typeof pagesOf> =>
    pagesOf(single('web', { startSeconds: 0 }), single('bad', { command: '/no/such' }));

  test('answers with a redirection that carries its message', async () => {
    const { ask, now } = startable();
    const reply = await ask('/index.html?action=refresh&action=stopall');
    expect(reply.status).toBe(301);
    const message = `Page refreshed at ${now()}`.replaceAll(' ', '%20').replaceAll(':', '%3A');
    expect(reply.headers.slice(0, 2)).toEqual([
      ['Location', `http://h/?message=${message}`],
      ['Content-Type', 'text/html'],
    ]);
    expect(reply.headers.map(([name]) => name).slice(2)).toEqual([
      'Pragma',
      'Cache-Control',
      'Expires',
      'Content-Length',
    ]);
  });

  test('names the server when the client does not', async () => {
    const { headers } = await startable().ask('/?action=refresh', { headers: {} });
    expect(headers[0]?.[1]).toMatch(/^http:\/\/server:9001\/\?message=/);
  });

  test.each([
    ['?action=start&processname=web', 'Process web started'],
    ['?action=start&processname=bad', 'ERROR: Process bad: no such file'],
    ['?action=stop&processname=web', 'unexpected rpc fault [70] NOT_RUNNING: web'],
    ['?action=restart&processname=web', 'Process web restarted'],
    ['?action=restart&processname=bad', 'Process bad restarted'],
    ['?action=clearlog&processname=web', 'Log for web cleared'],
    ['?action=start&processname=nosuch', 'No such process named nosuch'],
    ['?action=bogus&processname=web:*', 'No such process named web:*'],
  ])('%s says: %s', async (target, message) => {
    expect(await startable().message(`/${target}`)).toBe(message);
  });

  test('for all of them says when', async () => {
    const { message, now } = startable();
    expect(await message('/?action=restartall')).toBe(`All restarted at ${now()}`);
    const { message: again, now: then } = pagesOf(single('web'));
    expect(await again('/?action=stopall')).toBe(`All stopped at ${then()}`);
  });

  test('may be posted; what is in the body counts', async () => {
    const { ask } = startable();
    const { headers } = await ask('/?processname=bad', {
      method: 'POST',
      headers: { host: 'h' },
      body: 'action=start&processname=web',
    });
    expect(headers[0]?.[1]).toBe('http://h/?message=Process%20web%20started');
  });

  test.each(['/?action=bogus', '/?action=bogus&processname=web', '/?action=start'])(
    'that there is not fails: %s',
    async (target) => {
      const { ask, logger } = startable();
      await expect(ask(target)).rejects.toMatchObject({ status: 500 });
      expect(logger.lines.at(-1)).toMatch(
        /^error Web interface error:Traceback [^]*\nError: no such action: /,
      );
    },
  );

  test('is not done for another site', async () => {
    const { ask, supervisor } = startable();
    const headers = { host: 'h', 'sec-fetch-site': 'cross-site' };
    const refused = await ask('/?action=start&processname=web', { headers });
    expect(refused.status).toBe(403);
    expect(refused.body.toString()).toContain('Another site asked for this.');
    expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
    expect((await ask('/', { headers })).status).toBe(200);
  });

  test('fails while everything is being stopped, as the page does', async () => {
    const { ask, supervisor } = startable();
    void supervisor.shutdown();
    for (const target of ['/', '/?action=stopall', '/?action=start&processname=web']) {
      await expect(ask(target)).rejects.toMatchObject({ status: 500 });
    }
    expect((await ask('/ok.html')).body.toString()).toBe('OK');
  });
});

describe('the tail page', () => {
  const withLog = (content: string | Buffer) => {
    const path = join(folder(), 'log');
    writeFileSync(path, content);
    return pagesOf(single('web', { stdout: channel({ logfile: { to: 'file', path } }) }));
  };

  test('shows the end of the log, escaped', async () => {
    const page = await withLog('<b>&amp;\n').text('/tail.html?processname=web');
    expect(page).toContain('<title>Supervisor tail of process web</title>');
    expect(page).toContain('<pre>&lt;b>&amp;amp;\n</pre>');
    expect(page).toContain('<a href="tail.html?processname=web&amp;limit=1024">');
    expect(page).toContain('<a href="log.html?processname=web">');
  });

  test.each([
    ['5', 1024],
    ['2000', 2000],
    ['-5', 1024],
    ['x', 1024],
  ])('with limit=%s shows %i bytes', async (limit, bytes) => {
    const page = await withLog('x'.repeat(3000)).text(`/tail.html?processname=web&limit=${limit}`);
    expect(/<pre>(x*)<\/pre>/.exec(page)?.[1]).toHaveLength(bytes);
    expect(page).toContain(`limit=${bytes}"`);
  });

  test('shows bytes that are no text as such', async () => {
    expect(await withLog(Buffer.from([0x68, 0xff])).text('/tail.html?processname=web')).toContain(
      '<pre>h\ufffd</pre>',
    );
  });

  test.each([
    ['', 'No process name found'],
    ['?processname=web', 'No file for web'],
    ['?processname=no', 'ERROR: unexpected rpc fault [10] BAD_NAME: no'],
    ['?processname=web:*', 'ERROR: unexpected rpc fault [10] BAD_NAME: web:*'],
  ])('%s says: %s', async (query, content) => {
    expect(await pagesOf(single('web')).text(`/tail.html${query}`)).toContain(
      `<pre>${content}</pre>`,
    );
  });
});

test('pages are for GET and POST, by exact names', () => {
  const find = (method: string, path: string) => pageFor({ method, path } as Request);
  expect(find('HEAD', '/')).toBeUndefined();
  expect(find('GET', '/index.htm')).toBeUndefined();
  expect(find('GET', '//ok.html')).toBeDefined();
});

test('parameters of a path belong to no page', async () => {
  await expect(pagesOf().ask('/ok.html;x')).rejects.toMatchObject({ status: 404 });
});

test('a day of one digit is padded with a blank', () => {
  expect(ctime(new Date(2026, 10, 3, 8, 6, 33))).toBe('Tue Nov  3 08:06:33 2026');
});
