import { afterEach, expect } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';

import { waitFor } from '../support/sandbox.ts';
import { inBrowser, useBrowser } from './support/chromium.ts';
import { linesOf, markersOf, serveSpeaker, waitForLine } from './support/speaker.ts';
import type { Speaker } from './support/speaker.ts';
import { visit } from './support/visitor.ts';
import type { Visitor } from './support/visitor.ts';

const browser = useBrowser();
const ESC = '\u001b';

let site: Speaker;
let visitor: Visitor;
afterEach(async () => {
  await visitor.leave();
  await site.sandbox.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  visitor = await visit(browser(), site.url + path, options);
  return visitor.page;
}

const openLog = (options?: BrowserContextOptions): Promise<Page> =>
  open('log.html?processname=web', options);

const textOf = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).first().innerText();

const waitForText = (page: Page, selector: string, text: string): Promise<boolean> =>
  waitFor(`${selector} to say ${text}`, async () => (await textOf(page, selector)).includes(text));

inBrowser('a log is followed live, standard error beside standard output', async () => {
  site = await serveSpeaker();
  site.say('before\n');
  const page = await openLog();
  await waitForLine(page, 'stdout', 'before');

  site.say('after\nand no line end');
  site.say('amiss\n', 'stderr');

  await waitForLine(page, 'stdout', 'and no line end');
  await waitForLine(page, 'stderr', 'amiss');
  expect(await linesOf(page, 'stdout')).toEqual(['before', 'after', 'and no line end']);
  const [left, right] = await page.locator('.pane').all();
  const boxes = [await left?.boundingBox(), await right?.boundingBox()];
  expect(boxes[0]?.y).toBe(boxes[1]?.y);
  expect(boxes[0]?.x).toBeLessThan(boxes[1]?.x ?? 0);
  expect(await textOf(page, '#state')).toBe('running');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('on a phone the channels are tabs', async () => {
  site = await serveSpeaker();
  const page = await openLog({ viewport: { width: 390, height: 780 } });
  site.say('amiss\n', 'stderr');
  await waitForLine(page, 'stderr', 'amiss');
  expect(await page.locator('[data-pane="stderr"]').isVisible()).toBe(false);

  await page.click('[data-tab="stderr"]');
  expect(await page.locator('[data-pane="stderr"]').isVisible()).toBe(true);
  expect(await page.locator('[data-pane="stdout"]').isVisible()).toBe(false);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(390);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('colours are shown, and a progress bar is one line', async () => {
  site = await serveSpeaker();
  const page = await openLog();
  site.say(
    `plain ${ESC}[1;31mbold red${ESC}[0m ${ESC}[38;2;1;2;3mtrue${ESC}[0m ${ESC}]8;;http://evil.example/${ESC}\\link${ESC}]8;;${ESC}\\\n`,
  );
  site.say('10%\r 50%\r100%\n');
  await waitForLine(page, 'stdout', '100%');

  expect(await linesOf(page, 'stdout')).toEqual(['plain bold red true link', '100%']);
  const bold = page.locator('.line .bold');
  expect(await bold.innerText()).toBe('bold red');
  expect(await bold.getAttribute('class')).toBe('f1 bold');
  expect(await page.locator('.line .f').getAttribute('style')).toBe('--f: #010203;');
  expect(await page.locator('.line a').count()).toBe(0);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('while paused, lines wait and are counted', async () => {
  site = await serveSpeaker();
  site.say('one\n');
  const page = await openLog();
  await waitForLine(page, 'stdout', 'one');

  await page.keyboard.press('Space');
  expect(await textOf(page, '#pause')).toBe('Resume');
  site.say('two\nthree\n');
  await waitFor('two lines to wait', async () =>
    (await textOf(page, '[data-pane="stdout"] .pane-word')).includes('2 lines waiting'),
  );
  expect(await linesOf(page, 'stdout')).toEqual(['one']);

  await page.keyboard.press('p');
  await waitForLine(page, 'stdout', 'three');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('what is looked for is marked, counted and gone to', async () => {
  site = await serveSpeaker();
  site.say('an Error\nnothing\nerrors and ERROR\n');
  site.say('error: here too\n', 'stderr');
  const page = await openLog();
  await waitForLine(page, 'stderr', 'here too');
  await waitForLine(page, 'stdout', 'ERROR');

  await page.keyboard.press('/');
  await page.keyboard.type('error');
  await waitFor('four matches', async () => (await textOf(page, '#found')) === '4 matches');
  expect(await page.locator('[data-pane="stdout"] mark').allInnerTexts()).toEqual([
    'Error',
    'error',
    'ERROR',
  ]);
  await page.keyboard.press('Enter');
  await waitForText(page, '#found', '1 of 3');
  await waitForText(page, 'mark.current', 'Error');

  await page.keyboard.press('Escape');
  await waitFor('no match', async () => (await page.locator('mark').count()) === 0);
  await page.keyboard.press('/');
  await page.keyboard.type('/^err.*\\bERR/');
  await page.keyboard.press('Enter');
  await waitForText(page, 'mark.current', 'errors and ERR');

  await page.keyboard.press('Shift+Tab');
  await page.click('#only');
  expect(await linesOf(page, 'stdout')).toEqual(['errors and ERROR']);
  site.say('errors, more ERRORS\nother\n');
  await waitForLine(page, 'stdout', 'more');
  expect(await linesOf(page, 'stdout')).toHaveLength(2);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a search that is no regular expression says so and breaks nothing', async () => {
  site = await serveSpeaker();
  const page = await openLog();
  await page.fill('#find', '/(/');
  await waitFor(
    'the field to be marked',
    async () => (await page.getAttribute('#find', 'aria-invalid')) === 'true',
  );
  await waitForText(page, '#found', 'Unterminated group');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('earlier lines are loaded, and nothing moves', async () => {
  site = await serveSpeaker();
  const line = (count: number): string =>
    `line ${String(count).padStart(5, '0')} ${'x'.repeat(90)}`;
  site.say(Array.from({ length: 4000 }, (_, count) => `${line(count)}\n`).join(''));
  await waitFor('the log to be written', () =>
    site.sandbox.ctl('tail', '-200', 'web').then(({ stdout }) => stdout.includes('line 03999')),
  );
  const page = await openLog();
  await waitForLine(page, 'stdout', 'line 03999');

  const firstLine = (): Promise<string> => textOf(page, '[data-pane="stdout"] .line');
  await page.keyboard.press('g');
  const first = await firstLine();
  expect(Number(first.slice(5, 10))).toBeGreaterThan(3000);
  const earlier = page.locator('[data-pane="stdout"] .earlier');
  await earlier.click();
  await waitFor('earlier lines', async () => (await firstLine()) < first);
  for (let presses = 0; presses < 5; presses++) {
    if (!(await earlier.isVisible())) break;
    await page.keyboard.press('e');
    await waitFor('it to be read', () => earlier.isEnabled());
  }
  await page.keyboard.press('g');
  await waitFor('the first line', async () => (await firstLine()).startsWith('line 00000'));
  expect(await earlier.isVisible()).toBe(false);
  expect(await textOf(page, '[data-pane="stdout"] .pane-word')).toBe('4,000 lines');

  await page.keyboard.press('G');
  await waitForLine(page, 'stdout', 'line 03999');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('who reads further up is left there, and told of new lines', async () => {
  site = await serveSpeaker();
  site.say(Array.from({ length: 300 }, (_, count) => `line ${count}\n`).join(''));
  const page = await openLog();
  await waitForLine(page, 'stdout', 'line 299');

  const box = page.locator('[data-pane="stdout"] .log-text');
  const scrollTop = (): Promise<number> => box.evaluate((element) => element.scrollTop);
  await box.hover();
  await page.mouse.wheel(0, -800);
  const toEnd = page.locator('[data-pane="stdout"] .to-end');
  await toEnd.waitFor();
  await page.waitForTimeout(200);
  const before = await scrollTop();
  site.say('new\nnew too\n');
  await waitFor('the new lines to be told of', async () =>
    (await toEnd.innerText()).includes('2 new lines'),
  );
  expect(await scrollTop()).toBe(before);

  await toEnd.click();
  await waitForLine(page, 'stdout', 'new too');
  site.say('followed\n');
  await waitForLine(page, 'stdout', 'followed');
  expect(await toEnd.isVisible()).toBe(false);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a cleared log leaves a word, and what comes next is shown', async () => {
  site = await serveSpeaker();
  site.say('old\n');
  const page = await openLog();
  await waitForLine(page, 'stdout', 'old');

  const clear = page.getByTitle('Empty both logs');
  await clear.click();
  expect(await clear.innerText()).toBe('Really clear?');
  await clear.click();
  await waitFor('a word of it', async () =>
    (await markersOf(page, 'stdout')).includes('the log was cleared or rotated'),
  );
  site.say('new\n');
  await waitForLine(page, 'stdout', 'new');
  expect(await linesOf(page, 'stdout')).toEqual(['old', 'new']);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('nothing is lost over a rotation', async () => {
  site = await serveSpeaker('stdout_logfile_maxbytes=2000\nstdout_logfile_backups=2');
  const page = await openLog();
  const lines = Array.from({ length: 60 }, (_, count) => `line ${count} ${'x'.repeat(40)}`);
  for (const line of lines) {
    site.say(`${line}\n`);
    await waitForLine(page, 'stdout', line);
  }
  expect(await linesOf(page, 'stdout')).toEqual(lines);
  expect((await markersOf(page, 'stdout')).length).toBeGreaterThan(0);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a log that begins with the program is shown once it is there', async () => {
  site = await serveSpeaker('autostart=false\nstdout_logfile=%(here)s/web.log');
  site.say('at last\n');
  const page = await openLog();
  await waitFor('a word', async () => (await textOf(page, '.pane-word')) === 'nothing logged yet');
  await site.sandbox.ctl('start', 'web');
  await waitForLine(page, 'stdout', 'at last');
  expect(await textOf(page, '#state')).toBe('running');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('what a program writes is text and nothing else', async () => {
  site = await serveSpeaker();
  const page = await openLog();
  site.say('<script>document.title = "taken"</script><img src=x onerror="alert(1)">\n');
  site.say(`${ESC}]0;<b>title</b>\u0007\u202edesrever\u202c NUL\u0000 ${ESC}[1;31;5;999999mx\n`);
  site.say(Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
  site.say(`${'<b>'.repeat(3_500_000)}\nshort\n`);
  site.say('</div></section><a href="javascript:alert(1)">click</a>\n', 'stderr');
  await waitForLine(page, 'stderr', 'click');
  await waitFor(
    'the line after the long one',
    async () => (await linesOf(page, 'stdout')).at(-1) === 'short',
    30_000,
  );

  expect(await page.title()).toContain('web');
  expect(await page.locator('.log-text :is(script, img, b, a)').count()).toBe(0);
  expect(await page.locator('*').count()).toBeLessThan(4000);
  await page.keyboard.press('/');
  await page.keyboard.type('<b><b>');
  await page.keyboard.press('Enter');
  await waitFor('matches', async () => (await page.locator('mark').count()) > 0);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('a fast program costs the page neither its breath nor its memory', async () => {
  site = await serveSpeaker('stdout_logfile_maxbytes=0');
  site.say('the first\n');
  const page = await openLog();
  await waitForLine(page, 'stdout', 'the first');
  const many = Array.from(
    { length: 20_000 },
    (_, count) => `${ESC}[32m${count}${ESC}[0m the quick brown fox jumps over the lazy dog\n`,
  ).join('');
  for (let second = 0; second < 3; second++) site.say(many);
  site.say('the last\n');
  await waitForLine(page, 'stdout', 'the last');

  expect(await textOf(page, '.pane-word')).toMatch(/^last 10,000 lines, [\d,]+ older ones let go$/);
  expect(await page.locator('*').count()).toBeLessThan(4000);
  await page.keyboard.press('g');
  expect(await page.locator('*').count()).toBeLessThan(6000);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('the page goes on where it was when the daemon is back', async () => {
  site = await serveSpeaker('stdout_logfile=%(here)s/web.log');
  site.say('before\n');
  const page = await openLog();
  await waitForLine(page, 'stdout', 'before');

  await site.sandbox.ctl('reload');
  await waitFor('the connection to break', async () =>
    (await textOf(page, '#live')).startsWith('Disconnected'),
  );
  await waitFor('it to be there again', async () => (await textOf(page, '#live')) === 'Live');
  site.say('after\n');
  await waitForLine(page, 'stdout', 'after');
  expect(visitor.amiss.filter((said) => !said.includes('WebSocket'))).toEqual([]);
});

inBrowser('without a script the page is the end of both logs', async () => {
  site = await serveSpeaker();
  site.say(`${ESC}[31mred${ESC}[0m <b>\n`);
  await waitFor('the log to be written', () =>
    site.sandbox.ctl('tail', 'web').then(({ stdout }) => stdout.includes('red')),
  );
  const page = await openLog({ javaScriptEnabled: false });
  expect((await textOf(page, '[data-pane="stdout"] pre')).trim()).toBe('red <b>');
  expect(await page.locator('#find').isVisible()).toBe(false);
  await page.click('text=256 KiB');
  expect(await textOf(page, '.static-only b')).toBe('256 KiB');
  await page.click('text=Refresh');
  expect(page.url()).toContain('limit=262144');
});

inBrowser('who may only look can follow, and not clear', async () => {
  const accounts = 'username=a\npassword=b\nreadonly_username=r\nreadonly_password=s';
  site = await serveSpeaker('', accounts);
  site.say('to be seen\n');
  const httpCredentials = { username: 'r', password: 's' };
  const page = await openLog({ httpCredentials });
  await waitForLine(page, 'stdout', 'to be seen');
  expect(await page.getByTitle('Empty both logs').count()).toBe(0);
  expect(visitor.amiss).toEqual([]);
});

inBrowser('the keys are listed', async () => {
  site = await serveSpeaker();
  const page = await openLog();
  await page.keyboard.press('?');
  expect(await textOf(page, '#keys')).toContain('next and previous match');
  await page.keyboard.press('Escape');
  expect(await page.locator('#keys').isVisible()).toBe(false);
  await page.keyboard.press('w');
  expect(await page.getAttribute('#wrap', 'aria-pressed')).toBe('false');
  expect(visitor.amiss).toEqual([]);
});

inBrowser('the main log is followed, and its levels can be told apart', async () => {
  site = await serveSpeaker('autorestart=false\nexitcodes=3');
  const page = await open('mainlog.html');
  await waitForLine(page, 'main log', 'supervisord started with pid');

  await site.sandbox.ctl('signal', 'KILL', 'web');
  await waitForLine(page, 'main log', 'exited: web');
  const warned = page.locator('.line.warn', { hasText: 'exited: web' });
  expect(await warned.count()).toBe(1);
  expect(await page.locator('.line.info').count()).toBeGreaterThan(0);

  const clear = page.getByTitle('Empty the log');
  await clear.click();
  await clear.click();
  await waitFor('a word of it', async () =>
    (await markersOf(page, 'main log')).includes('the log was cleared or rotated'),
  );
  await site.sandbox.ctl('start', 'web');
  await waitForLine(page, 'main log', 'entered RUNNING state');
  expect(visitor.amiss).toEqual([]);
});
