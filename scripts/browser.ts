// Makes what the pages load of packages/server/browser: each script, and the style sheet, as a
// module with its text. They stand in the repository, so that sources run as they are; a test
// compares them. Run it by `pnpm browser`, with --check to write nothing and say what is not as made.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

const FROM = 'packages/server/browser';
const TO = 'packages/server/src/web/assets/browser';

const entries = ['style.css', 'theme.ts', 'plain.ts', 'status.ts', 'log.ts', 'events.ts'];

const isCheck = process.argv.includes('--check');
for (const entry of entries) {
  const file = join(TO, entry.replace(/\.\w+$/, '.ts'));
  const made = await moduleOf(entry);
  if (!isCheck) writeFileSync(file, made);
  else if (readFileSync(file, 'utf8') !== made) {
    console.error(`${file} is not what ${FROM}/${entry} makes: run pnpm browser`);
    process.exitCode = 1;
  }
}

async function moduleOf(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(FROM, entry)],
    outdir: TO,
    bundle: true,
    format: 'iife',
    target: entry.endsWith('.css') ? 'esnext' : 'es2022',
    minify: true,
    logLevel: 'warning',
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `// Made of ${FROM}/${entry} by \`pnpm browser\`.
export const version = ${JSON.stringify(version)};
export const text =
  ${JSON.stringify(text)};
`;
}
