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

/** A page of another site that asks for `address` in this way. */
async function openPage(body: string): Promise<string> {
  elsewhere = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!DOCTYPE html><title>elsewhere</title>${body}`);
  });
  await new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;
}

const program = '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n';
const ways: readonly (readonly [how: string, body: (url: string) => string])[] = [
  ['an image', (url) => `<img src="${url}?action=stop&processname=web">`],
  ['a frame', (url) => `<iframe src="${url}?action=stop&processname=web"></iframe>`],
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

for (const [how, body] of ways) {
  inBrowser(`${how} of another site changes nothing`, async () => {
    site = await serve(program);
    const context = await browser().newContext();
    const page = await context.newPage();
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(site.url)) statuses.push(response.status());
    });
    // The browser hides an answer that is no image from the page, and from us.
    page.on('requestfailed', (request) => {
      if (request.url().startsWith(site.url)) statuses.push(403);
    });
    await page.goto(await openPage(body(site.url)));
    await waitFor('the answer', () => statuses.length > 0);
    expect(statuses[0]).toBe(403);
    expect((await site.sandbox.ctl('status', 'web')).stdout).toContain('RUNNING');
    await context.close();
  });
}

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
