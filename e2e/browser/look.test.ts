import { afterEach, expect } from '@jest/globals';

import { inBrowser, useBrowser } from './support/chromium.ts';
import { serve } from './support/site.ts';
import type { Served } from './support/site.ts';
import { visit } from './support/visitor.ts';

const browser = useBrowser();

let site: Served;
afterEach(() => site?.sandbox.close());

const programs = [
  '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0',
  '[program:starting]\ncommand=/bin/sleep 1000\nstartsecs=100',
  '[program:bad]\ncommand=/no/such/program\nstartretries=0',
  '[program:idle]\ncommand=/bin/sleep 1000\nautostart=false',
  '[program:done]\ncommand=/bin/true\nstartsecs=0\nautorestart=false',
  '[program:long]\ncommand=/bin/sleep 1000\nprocess_name=%(program_name)s_with_a_name_of_quite_some_length_%(process_num)d\nnumprocs=2',
].join('\n');

const pages = [
  '',
  'config.html',
  'config.html?processname=web',
  'signal.html?processname=web',
  'log.html?processname=web',
  'mainlog.html',
  'events.html',
];

/** Texts whose contrast with what is behind them is less than WCAG 2 asks of AA: 4.5 to 1. */
const pale = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const behind = (element) => {
    if (element === null) return [255, 255, 255];
    const color = rgba(getComputedStyle(element).backgroundColor);
    return color[3] === 1 ? color.slice(0, 3) : over(color, behind(element.parentElement));
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === '' || !element.checkVisibility({ visibilityProperty: true }))
      continue;
    const ground = behind(element);
    const text = over(rgba(getComputedStyle(element).color), ground);
    const [low, high] = [light(text), light(ground)].sort((one, other) => one - other);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) found.push(node.textContent.trim() + ' ' + contrast.toFixed(2));
  }
  return found;
})()`;

for (const colorScheme of ['light', 'dark'] as const) {
  inBrowser(`all text stands out from its ground, in ${colorScheme}`, async () => {
    site = await serve(programs);
    for (const path of pages) {
      const { page, leave } = await visit(browser(), `${site.url}${path}`, { colorScheme });
      if (path === '') await page.getByText('1 fatal').waitFor();
      expect(await page.evaluate(pale)).toEqual([]);
      await leave();
    }
  });
}

inBrowser('pages fit a small phone, and what is touched is large enough', async () => {
  site = await serve(programs);
  for (const path of pages) {
    const { page, leave } = await visit(browser(), `${site.url}${path}`, {
      viewport: { width: 360, height: 640 },
    });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const heights = await page
      .locator('main button:visible, main a:visible')
      .evaluateAll((all) =>
        all.map((one) => (one as unknown as Box).getBoundingClientRect().height),
      );
    // WCAG 2.2, target size.
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
    await leave();
  }
});

inBrowser('a name without end, or a wrong one, makes no page wider', async () => {
  const name = 'x'.repeat(200);
  site = await serve(`[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0`);
  const { page, leave } = await visit(browser(), site.url, {
    viewport: { width: 360, height: 640 },
  });
  const named = ['log', 'tail', 'config', 'signal'].flatMap((one) =>
    [name, `${name}y`].map((shown) => `${one}.html?processname=${shown}`),
  );
  for (const path of ['', 'config.html', `?message=${name}`, ...named]) {
    await page.goto(`${site.url}${path}`);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect([path, width]).toEqual([path, 360]);
  }
  await leave();
});

inBrowser('pages fit whatever the width of the window', async () => {
  site = await serve(programs);
  const { page, leave } = await visit(browser(), site.url);
  for (const width of [320, 600, 768, 1024, 1216, 1217, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
  await leave();
});

interface Box {
  getBoundingClientRect(): { readonly height: number };
}

inBrowser('the colours that were chosen are kept, and shown before anything else', async () => {
  site = await serve(programs);
  const { page, amiss, leave } = await visit(browser(), site.url, { colorScheme: 'light' });
  const ground = (): Promise<string> =>
    page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByRole('button', { name: 'Colours: auto' }).click();
  expect(await ground()).toBe(light);
  await page.getByRole('button', { name: 'Colours: light' }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.goto(`${site.url}config.html`);
  expect(await ground()).toBe(dark);
  expect(amiss).toEqual([]);
  await leave();
});
