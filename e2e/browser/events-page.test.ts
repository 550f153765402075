import { afterEach, expect } from '@jest/globals';
import type { Page } from 'playwright-core';

import { waitFor } from '../support/sandbox.ts';
import { inBrowser, useBrowser } from './support/chromium.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';
import { visit } from './support/visitor.ts';
import type { Visitor } from './support/visitor.ts';

const browser = useBrowser();

let site: Served;
let visitor: Visitor;
afterEach(async () => {
  await visitor.leave();
  await site.sandbox.close();
});

const programs = `
[program:web]
command=/bin/sleep 1000
startsecs=0
[program:other]
command=/bin/sh -c 'echo "<b>bold</b>"; exec sleep 1000'
startsecs=0
stdout_events_enabled=true`;

async function open(): Promise<Page> {
  site = await serve(programs);
  visitor = await visit(browser(), `${site.url}events.html`);
  await waitFor('the page to be live', () => visitor.page.locator('.live').count());
  return visitor.page;
}

/** Event and process of each row, the newest first. */
const rowsOf = (page: Page): Promise<string[]> =>
  page
    .locator('#events tr')
    .evaluateAll((rows) =>
      rows.map(({ children }) => `${children[1]?.textContent} ${children[2]?.textContent}`),
    );

const restarted = [
  'PROCESS_STATE_RUNNING web',
  'PROCESS_STATE_STARTING web',
  'PROCESS_STATE_STOPPED web',
  'PROCESS_STATE_STOPPING web',
];

const waitForRows = (page: Page, rows: readonly string[]): Promise<boolean> =>
  waitFor(`the rows ${rows.join(', ')}`, async () => (await rowsOf(page)).join() === rows.join());

inBrowser('a restart is shown as it happens, the newest event first', async () => {
  const page = await open();
  await site.sandbox.ctl('restart', 'web');
  await waitForRows(page, restarted);

  expect(await page.locator('#events-word').innerText()).toBe('4 events');
  expect(await page.locator('[data-count="PROCESS_STATE"]').innerText()).toBe('4');
  expect(await page.locator('#events td.details').first().innerText()).toContain(
    'from_state:STARTING',
  );
  expect(visitor.amiss).toEqual([]);
});

inBrowser('events are filtered by what stands in them, and by process', async () => {
  const page = await open();
  await site.sandbox.ctl('restart', 'web', 'other');
  await waitFor('all events', async () => (await rowsOf(page)).length === 8);

  await page.selectOption('#process', 'web');
  await waitForRows(page, restarted);
  await page.keyboard.press('/');
  await page.fill('#find', 'state_stopp');
  await waitForRows(page, restarted.slice(2));
  expect(await page.locator('#events-word').innerText()).toBe('8 events, 2 shown');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('while paused, events wait and are counted', async () => {
  const page = await open();
  await page.click('#pause');
  await site.sandbox.ctl('restart', 'web');
  await waitFor('events to wait', async () =>
    (await page.locator('#events-word').innerText()).includes('4 waiting'),
  );
  expect(await rowsOf(page)).toEqual([]);

  await page.click('#pause');
  await waitForRows(page, restarted);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('what programs write comes on demand, and is text', async () => {
  const page = await open();
  await page.check('input[value="PROCESS_LOG"]');
  await page.uncheck('input[value="PROCESS_STATE"]');
  await waitFor('output', async () => {
    await site.sandbox.ctl('restart', 'other');
    return (await rowsOf(page)).includes('PROCESS_LOG_STDOUT other');
  });
  expect(await page.locator('#events td.details').first().innerText()).toContain('<b>bold</b>');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('without a script the page says how else to see events', async () => {
  site = await serve(programs);
  visitor = await visit(browser(), `${site.url}events.html`, { javaScriptEnabled: false });
  expect(await visitor.page.innerText('.static-only')).toContain('tsvctl events');
  expect(await visitor.page.locator('#find').isVisible()).toBe(false);
});
