import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Somebody who looks at pages, and notices what no page should do. */
export interface Visitor {
  readonly page: Page;
  /** What the console said in red, violations of the policy included, and requests to others. */
  readonly amiss: readonly string[];
  readonly leave: () => Promise<void>;
}

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const amiss: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') amiss.push(said.text());
  });
  page.on('pageerror', (error) => amiss.push(String(error)));
  page.on('dialog', (dialog) => {
    amiss.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { origin } = new URL(url);
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) amiss.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, amiss, leave: () => context.close() };
}
