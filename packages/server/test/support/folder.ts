import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

const folders: string[] = [];

/** A short folder of the test's own, gone when the test is. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'srv-'));
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});
