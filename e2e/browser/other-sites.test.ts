import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect } from '@jest/globals';

import { waitFor } from '../support/sandbox.ts';
import { inBrowser, useBrowser } from './support/chromium.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';

const browser = useBrowser();

let site: Served;
let elsewhere: Server;
afterEach(async () => {
  elsewhere?.closeAllConnections();
  await new Promise((resolve) => void elsewhere?.close(resolve));
  await site?.sandbox.close();
});

/** Marks a page that is served as if it stood in a sandbox. */
const SANDBOXED = '<!-- sandboxed -->';

/** A page of another site; its /to?URL redirects. */
async function openPage(body: string, host = 'localhost'): Promise<string> {
  elsewhere = createServer((request, response) => {
    if (request.url?.startsWith('/to?')) {
      response.writeHead(302, { Location: decodeURIComponent(request.url.slice(4)) }).end();
      return;
    }
    response.setHeader('Content-Type', 'text/html');
    if (body.startsWith(SANDBOXED))
      response.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
    response.end(`<!DOCTYPE html><title>elsewhere</title>${body}`);
  });
  await new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve));
  return `http://${host}:${(elsewhere.address() as AddressInfo).port}/`;
}

const program = '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n';
const ways: readonly (readonly [how: string, body: (url: string) => string])[] = [
  ['an image', (url) => `<img src="${url}?action=stop&processname=web">`],
  ['a frame', (url) => `<iframe src="${url}?action=stop&processname=web"></iframe>`],
  [
    'an image that does not say where it stands',
    (url) => `<img referrerpolicy=no-referrer src="${url}?action=stop&processname=web">`,
  ],
  [
    'a redirection',
    (url) => `<img src="/to?${encodeURIComponent(`${url}?action=stop&processname=web`)}">`,
  ],
  [
    'a sandbox, which has no origin,',
    (url) =>
      `${SANDBOXED}<script>fetch('${url}?action=stop&processname=web',{method:'POST',mode:'no-cors',credentials:'include'})</script>`,
  ],
  [
    'a link',
    (url) => `<a id=go href="${url}?action=stop&processname=web">go</a><script>go.click()</script>`,
  ],
  [
    'a form',
    (url) =>
      `<form id=f method=post action="${url}?action=stop&processname=web"><input name=token value=x></form><script>f.submit()</script>`,
  ],
  [
    'a script',
    (url) =>
      `<script>fetch('${url}?action=stop&processname=web',{method:'POST',mode:'no-cors',credentials:'include'})</script>`,
  ],
];

/** What the daemon answers a page elsewhere, which the browser may hide from the page and from us. */
async function answerTo(body: string, host?: string): Promise<number | undefined> {
  const context = await browser().newContext();
  const page = await context.newPage();
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(site.url)) statuses.push(response.status());
  });
  page.on('requestfailed', (request) => {
    if (request.url().startsWith(site.url)) statuses.push(403);
  });
  await page.goto(await openPage(body, host));
  await waitFor('the answer', () => statuses.length > 0);
  await context.close();
  return statuses[0];
}

for (const [how, body] of ways) {
  inBrowser(`${how} of another site changes nothing`, async () => {
    site = await serve(program);
    expect(await answerTo(body(site.url))).toBe(403);
    expect((await site.sandbox.ctl('status', 'web')).stdout).toContain('RUNNING');
  });

  inBrowser(`${how} of another port of this machine changes nothing`, async () => {
    site = await serve(program);
    expect(await answerTo(body(site.url), new URL(site.url).hostname)).toBe(403);
    expect((await site.sandbox.ctl('status', 'web')).stdout).toContain('RUNNING');
  });
}

inBrowser('a page of another site opens no WebSocket', async () => {
  site = await serve(program);
  const context = await browser().newContext();
  const page = await context.newPage();
  await page.goto(await openPage(''));
  const url = `${site.url.replace('http', 'ws')}api/v1/stream`;
  const outcome = await page.evaluate(
    (address) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      }),
    url,
  );
  expect(outcome).toBe('refused');
  await context.close();
});

inBrowser('the pages cannot be put into a frame of another site', async () => {
  site = await serve(program);
  const context = await browser().newContext();
  const page = await context.newPage();
  await page.goto(await openPage(`<iframe src="${site.url}"></iframe>`));
  await page.locator('iframe').waitFor();
  await waitFor('the frame', () => page.frames().length === 2);
  expect(await page.frames()[1]?.locator('#programs').count()).toBe(0);
  await context.close();
});
