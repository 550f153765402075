import { afterEach, expect } from '@jest/globals';

import { waitFor } from '../support/sandbox.ts';
import { inBrowser, useBrowser } from './support/chromium.ts';
import { ProgramRow } from './support/row.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';
import { visit } from './support/visitor.ts';

const browser = useBrowser();

let site: Served;
afterEach(() => site?.sandbox.close());

/** What a name may hold: all but blanks, colons and slashes, and what `%` brings in is not looked at. */
const names = [
  '<svg\tonload=alert(1)>',
  '"onmouseover="alert(1)',
  "'-alert(1)-'",
  '&lt;b&gt;&amp;',
  '\u202egnp.exe',
  '50%25?x=1&y=2#z',
  'naïve-日本語-🦊',
  `${'long'.repeat(40)}`,
];

const config = [
  ...names.map(
    (name, at) =>
      `[program:p${at}]\ncommand=/bin/sleep 1000\nprocess_name=${name.replaceAll('%', '%%')}\nstartsecs=0\n`,
  ),
  '[program:q]\ncommand=/bin/sleep 1000\nprocess_name=%(ENV_HOSTILE)s\nstartsecs=0\n',
].join('');

inBrowser('hostile names are shown as they are, and do nothing', async () => {
  process.env['HOSTILE'] = '</script><img src=x onerror=alert(1)>';
  site = await serve(config);
  delete process.env['HOSTILE'];
  const { page, amiss, leave } = await visit(browser(), site.url);
  await page.getByText('Live', { exact: true }).waitFor();
  const shown = await page
    .locator('td.name a')
    .evaluateAll((links) =>
      links.map((link) => (link as unknown as { textContent: string }).textContent),
    );
  expect(shown).toHaveLength(names.length + 1);
  for (const [at, name] of names.entries()) expect(shown).toContain(`p${at}:${name}`);
  expect(shown).toContain('q:</script><img src=x onerror=alert(1)>');
  for (const namespec of shown.filter((name) => !name.includes('\t'))) {
    const row = new ProgramRow(page, namespec);
    await row.button('Stop').click();
    await row.is('stopped');
  }
  await waitFor('all to be counted', async () =>
    (await page.locator('#counts').innerText()).includes(`${names.length} stopped`),
  );
  // Only what was there from the start is in the page, whatever the names say.
  expect(await page.locator('#programs svg, #programs img, #programs b').count()).toBe(0);
  for (const namespec of shown) {
    await page.goto(`${site.url}config.html?processname=${encodeURIComponent(namespec)}`);
    expect(await page.title()).toBe(`Configuration of ${namespec}`.replace(/\s+/g, ' '));
    await page.goto(`${site.url}signal.html?processname=${encodeURIComponent(namespec)}`);
    await page.getByRole('button', { name: 'Send' }).waitFor();
  }
  expect(amiss).toEqual([]);
  await leave();
});

inBrowser('hostile messages are text', async () => {
  site = await serve('');
  const message = '<img src=x onerror=alert(1)><script>alert(2)</script>&lt;';
  const { page, amiss, leave } = await visit(
    browser(),
    `${site.url}?message=${encodeURIComponent(message)}`,
  );
  expect(await page.locator('.status_msg').innerText()).toBe(message);
  expect(amiss.filter((what) => !what.includes('WebSocket'))).toEqual([]);
  await leave();
});
