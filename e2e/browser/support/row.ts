import type { Locator, Page } from 'playwright-core';

/** What a test sees of a program's row on the status page. */
export class ProgramRow {
  readonly #row: Locator;

  constructor(page: Page, namespec: string) {
    this.#row = page.locator(`tr[data-process=${JSON.stringify(namespec)}]`);
  }

  button(name: string): Locator {
    return this.#row.locator(`button[name="${name}"]`);
  }

  link(name: string): Locator {
    return this.#row.getByRole('link', { name, exact: false });
  }

  cell(name: string): Locator {
    return this.#row.locator(`td.${name}`);
  }

  get isShown(): Promise<boolean> {
    return this.#row.isVisible();
  }

  /** Waits until the page shows this state. */
  async is(state: string): Promise<void> {
    await this.cell('status').getByText(state, { exact: true }).waitFor();
  }

  async pid(): Promise<string> {
    const text = await this.cell('desc').innerText();
    return /pid (\d+)/.exec(text)?.[1] ?? text;
  }
}
