// A real Chromium without a window, for tests of the pages: one browser to a test file.
import { existsSync } from 'node:fs';

import { afterAll, beforeAll } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

import { needs } from '../../support/needs.ts';

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const inBrowser = needs("Debian's chromium, or one in CHROMIUM", existsSync(program));

/** The browser of a test file; undefined where there is none. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!existsSync(program)) return;
    browser = await chromium.launch({
      executablePath: program,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 60_000);
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error(`there is no ${program}`);
    return browser;
  };
}
