import { afterEach, expect } from '@jest/globals';
import type { Page } from 'playwright-core';

import { waitFor } from '../support/sandbox.ts';
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

const open = async (programs: string, server = ''): Promise<Page> => {
  site = await serve(programs, server);
  visitor = await visit(browser(), site.url);
  await visitor.page.getByText('Live', { exact: true }).waitFor();
  // Gone if the page is ever loaded anew.
  await visitor.page.evaluate('window.isTheSame = true');
  return visitor.page;
};

/** Nothing was wrong all the time, and no page came in the place of the first. */
const expectNothingAmiss = async (): Promise<void> => {
  expect(visitor.amiss).toEqual([]);
  expect(await visitor.page.evaluate('window.isTheSame')).toBe(true);
};

const sleeper = (name: string, more = ''): string =>
  `[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0\n${more}\n`;

const group = `${sleeper('a')}${sleeper('b')}[group:g]\nprograms=a,b\n`;

inBrowser(
  'a program is stopped, started and restarted by one click, without a reload',
  async () => {
    const page = await open(sleeper('web'));
    const web = new ProgramRow(page, 'web');
    await web.is('running');
    await web.button('Stop').click();
    await web.is('stopped');
    await page.getByText('Process web stopped').waitFor();
    expect(await page.locator('#counts').innerText()).toContain('1 stopped');
    await web.button('Start').click();
    await web.is('running');
    const first = await web.pid();
    await web.button('Restart').click();
    await waitFor(
      'another pid',
      async () => /^\d+$/.test(await web.pid()) && (await web.pid()) !== first,
    );
    await web.is('running');
    await expectNothingAmiss();
  },
);

inBrowser('what is done elsewhere shows, uptimes go on, and CPU and memory are told', async () => {
  const page = await open(sleeper('web'));
  const web = new ProgramRow(page, 'web');
  const before = await web.cell('desc').innerText();
  await waitFor('the uptime', async () => (await web.cell('desc').innerText()) !== before);
  await waitFor('the CPU', async () => /^[\d.]+%$/.test(await web.cell('cpu').innerText()));
  expect(await web.cell('memory').innerText()).toMatch(/^[\d.]+ [KM]iB$/);
  await site.sandbox.ctl('stop', 'web');
  await web.is('stopped');
  expect(await web.cell('cpu').innerText()).toBe('\u2013');
  await waitFor('the announcement', async () =>
    (await page.locator('#announcements').innerText()).includes('web is stopped'),
  );
  await expectNothingAmiss();
});

inBrowser('programs that are added and removed come and go', async () => {
  const page = await open(sleeper('web'));
  const file = site.sandbox.read('supervisord.conf');
  site.sandbox.write('supervisord.conf', `${file}${group}`);
  await site.sandbox.ctl('update');
  const [a, b] = [new ProgramRow(page, 'g:a'), new ProgramRow(page, 'g:b')];
  await a.is('running');
  await b.is('running');
  const names = await page
    .locator('#programs tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => (row as unknown as { dataset: Record<string, string> }).dataset),
    );
  expect(names.map(({ process, group: name }) => process ?? name)).toEqual([
    'g',
    'g:a',
    'g:b',
    'web',
  ]);
  await page.getByRole('button', { name: 'Stop group g' }).click();
  await a.is('stopped');
  await b.is('stopped');
  await page.getByText('Group g stopped').waitFor();
  expect(await page.locator('.tally').innerText()).toBe('0 of 2 running');
  site.sandbox.write('supervisord.conf', file);
  await site.sandbox.ctl('update');
  await waitFor('the group to go', async () => !(await a.isShown) && !(await b.isShown));
  expect(await page.getByRole('button', { name: 'Stop group g' }).count()).toBe(0);
  await expectNothingAmiss();
});

inBrowser('all are stopped when somebody says yes, and not before', async () => {
  const page = await open(`${sleeper('web')}${sleeper('db')}`);
  const web = new ProgramRow(page, 'web');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Stop All' }).click();
  expect(await dialog.getByRole('heading').innerText()).toBe('Stop all programs?');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Stop All' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await web.is('running');
  await page.getByRole('button', { name: 'Stop All' }).click();
  await dialog.getByRole('button', { name: 'Stop All' }).click();
  await web.is('stopped');
  await new ProgramRow(page, 'db').is('stopped');
  await page.getByText('All stopped at').waitFor();
  await expectNothingAmiss();
});

inBrowser('a signal is chosen in a dialog', async () => {
  const script = `trap 'echo usr1; exec sleep 1000' USR1; echo ready; while :; do sleep 0.05; done`;
  const page = await open(
    `[program:web]\ncommand=/bin/sh -c "${script}"\nstdout_logfile=%(here)s/web.log\nstartsecs=0\n`,
  );
  await waitFor('the program', () => site.sandbox.read('web.log').includes('ready'));
  await new ProgramRow(page, 'web').link('Signal').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Signal', { exact: true }).selectOption('USR1');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Signal USR1 sent to web').waitFor();
  await waitFor('the signal', () => site.sandbox.read('web.log').includes('usr1'));
  await expectNothingAmiss();
});

inBrowser('what fails is said, and stays until it is sent away', async () => {
  const page = await open('[program:bad]\ncommand=/no/such/program\nautostart=false\n');
  const bad = new ProgramRow(page, 'bad');
  await bad.button('Start').click();
  const alert = page.getByRole('alert').getByText('ERROR: Process bad: no such file');
  await alert.waitFor();
  await page.keyboard.press('Escape');
  await alert.waitFor({ state: 'hidden' });
  await expectNothingAmiss();
});

inBrowser('programs are filtered by name, group and state', async () => {
  const page = await open(`${group}${sleeper('web')}${sleeper('idle', 'autostart=false')}`);
  const shown = async (): Promise<string[]> =>
    page.locator('#programs tr[data-process]:visible td.name').allInnerTexts();
  await page.keyboard.press('/');
  await page.keyboard.type('g: a');
  expect(await shown()).toEqual(['g:a']);
  await page.keyboard.press('Escape');
  expect(await shown()).toHaveLength(4);
  await page.locator('#counts').getByRole('button', { name: '1 stopped' }).click();
  expect(await shown()).toEqual(['idle']);
  await new ProgramRow(page, 'idle').button('Start').click();
  await waitFor('no row to be left', async () => (await shown()).length === 0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await waitFor('all rows', async () => (await shown()).length === 4);
  await page.getByRole('button', { name: 'Processes of g' }).click();
  await waitFor('a folded group', async () => (await shown()).length === 2);
  await expectNothingAmiss();
});

inBrowser(
  'everything can be done by the keyboard, and the focus stays with the program',
  async () => {
    const page = await open(`${sleeper('a')}${sleeper('b')}`);
    const focused = (): Promise<string> =>
      page.evaluate(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
      );
    await new ProgramRow(page, 'a').button('Stop').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Stop b');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await new ProgramRow(page, 'a').is('stopped');
    // Where Stop was there is nothing now: Enter again must not clear a log.
    expect(await focused()).toBe('a');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Start a');
    await page.keyboard.press('Enter');
    await new ProgramRow(page, 'a').is('running');
    expect(await focused()).toBe('Restart a');
    await expectNothingAmiss();
  },
);

inBrowser(
  'a page outlives the daemon, and acts on the next one',
  async () => {
    const page = await open(sleeper('web'));
    await site.sandbox.ctl('reload');
    await page.getByText('Disconnected').waitFor();
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 });
    const web = new ProgramRow(page, 'web');
    await web.is('running');
    await web.button('Stop').click();
    await web.is('stopped');
    expect(await page.evaluate('window.isTheSame')).toBe(true);
  },
  60_000,
);

inBrowser('an account that may only look sees everything live, and no buttons', async () => {
  const accounts = 'username=admin\npassword=a\nreadonly_username=guest\nreadonly_password=g';
  site = await serve(sleeper('web'), accounts);
  const httpCredentials = { username: 'guest', password: 'g' };
  visitor = await visit(browser(), site.url, { httpCredentials });
  const { page } = visitor;
  await page.getByText('Live', { exact: true }).waitFor();
  const web = new ProgramRow(page, 'web');
  expect(await page.locator('form button').count()).toBe(0);
  await site.sandbox.ctl('stop', 'web');
  await web.is('stopped');
  await page.keyboard.press('/');
  await page.keyboard.type('nothing');
  await waitFor('the row to go', async () => !(await web.isShown));
  expect(visitor.amiss).toEqual([]);
});
