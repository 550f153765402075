import { appendFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

import { waitFor } from '../../support/sandbox.ts';
import { serve } from './site.ts';
import type { Served } from './site.ts';

export interface Speaker extends Served {
  /** Has the program `web` write something. */
  readonly say: (text: string | Buffer, channel?: 'stdout' | 'stderr') => void;
}

/** A daemon with a program that writes what it is told to, on either channel. */
export async function serveSpeaker(options = '', server = ''): Promise<Speaker> {
  const script = 'tail -s 0.02 -n +1 -F said.stdout & exec tail -s 0.02 -n +1 -F said.stderr >&2';
  const site = await serve(
    `[program:web]\ncommand=/bin/sh -c '${script}'\ndirectory=%(here)s\nstartsecs=0\nstopasgroup=true\nkillasgroup=true\n${options}`,
    server,
  );
  const { sandbox } = site;
  for (const channel of ['stdout', 'stderr']) sandbox.write(`said.${channel}`, '');
  const say = (text: string | Buffer, channel = 'stdout'): void =>
    appendFileSync(sandbox.path(`said.${channel}`), text);
  return { ...site, say };
}

/** The text of the lines that a pane shows. */
export const linesOf = (page: Page, pane: string): Promise<string[]> =>
  page.locator(`[data-pane="${pane}"] .line:not([hidden])`).allTextContents();

export const markersOf = (page: Page, pane: string): Promise<string[]> =>
  page.locator(`[data-pane="${pane}"] .marker`).allTextContents();

export const waitForLine = (page: Page, pane: string, text: string): Promise<boolean> =>
  waitFor(`${pane} to show ${text}`, async () =>
    (await linesOf(page, pane)).some((line) => line.includes(text)),
  );
