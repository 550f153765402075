import { afterEach, expect } from '@jest/globals';

import { inBrowser, useBrowser } from './support/chromium.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';
import { visit } from './support/visitor.ts';

const browser = useBrowser();

let site: Served;
afterEach(() => site.sandbox.close());

inBrowser('the status page shows nothing amiss', async () => {
  site = await serve('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
  const { page, amiss, leave } = await visit(browser(), site.url);
  expect(await page.title()).toBe('Supervisor Status');
  expect(amiss).toEqual([]);
  await leave();
});
