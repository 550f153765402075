import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of a test's own, gone when `use` is done. `{dir}` in a file's text stands for it. */
export function inTempFolder<R>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => R,
): R {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'config-')));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === 'string' ? filledIn(content, folder) : content);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function filledIn(text: string, folder: string): string {
  return text.replaceAll('{dir}', folder);
}
