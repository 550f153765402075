import { afterEach, expect } from '@jest/globals';
import type { Page } from 'playwright-core';

import { inBrowser, useBrowser } from './support/chromium.ts';
import { ProgramRow } from './support/row.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';
import { visit } from './support/visitor.ts';
import type { Visitor } from './support/visitor.ts';

const browser = useBrowser();

let site: Served;
let visitor: Visitor;
afterEach(async () => {
  await visitor?.leave();
  await site?.sandbox.close();
});

const open = async (programs: string): Promise<Page> => {
  site = await serve(programs);
  visitor = await visit(browser(), site.url, { javaScriptEnabled: false });
  return visitor.page;
};

const web = '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n';

inBrowser('the buttons work without a script, and say what came of it', async () => {
  const page = await open(web);
  const row = new ProgramRow(page, 'web');
  const message = page.locator('.status_msg');
  await row.button('Stop').click();
  expect(await message.innerText()).toBe('Process web stopped');
  await row.is('stopped');
  expect(page.url()).toBe(`${site.url}?message=Process%20web%20stopped`);
  await row.button('Start').click();
  await row.is('running');
  await row.button('Clear Log').click();
  expect(await message.innerText()).toBe('Log for web cleared');
  await page.getByRole('button', { name: 'Stop All' }).click();
  expect(await message.innerText()).toMatch(/^All stopped at /);
  await page.getByRole('link', { name: 'Refresh' }).click();
  expect(await message.innerText()).toMatch(/^Page refreshed at /);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a signal is chosen on a page of its own', async () => {
  const page = await open(web);
  await new ProgramRow(page, 'web').link('Signal').click();
  expect(await page.getByRole('heading').innerText()).toBe('Signal web');
  await page.getByLabel('Signal').selectOption('KILL');
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await page.locator('.status_msg').innerText()).toBe('Signal KILL sent to web');
  await page.getByRole('link', { name: 'Signal All' }).click();
  await page.getByLabel('Signal').selectOption('CONT');
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await page.locator('.status_msg').innerText()).toBe('Signal CONT sent to all');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a page from before a restart of the daemon says so', async () => {
  const page = await open(web);
  await page.locator('#programs input[name=token]').evaluate((field) => {
    (field as unknown as { value: string }).value = 'another';
  });
  await new ProgramRow(page, 'web').button('Stop').click();
  expect(await page.locator('main').innerText()).toContain(
    'This page is from before the daemon was started.',
  );
  await page.getByRole('link', { name: 'To the status page' }).click();
  await new ProgramRow(page, 'web').is('running');
});

inBrowser('the configuration of a program is shown without its secrets', async () => {
  const page = await open(
    `${web}environment=DB_PASSWORD="geheim99",MODE="fast"\nstopsignal=QUIT\n`,
  );
  await new ProgramRow(page, 'web').link('Config').click();
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/DB_PASSWORD\s+\*{8}\s/);
  expect(text).toContain('fast');
  expect(await page.content()).not.toContain('geheim99');
  expect(await page.locator('tr.set th').allInnerTexts()).toEqual([
    'command',
    'startsecs',
    'stopsignal',
    'environment',
  ]);
  await page.getByRole('link', { name: 'Whole configuration' }).click();
  await page.getByRole('link', { name: 'web' }).click();
  expect(await page.title()).toBe('Configuration of web');
  expect(visitor.amiss).toEqual([]);
});
