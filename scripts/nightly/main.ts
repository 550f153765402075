/**
 * Looks at many more cases than a test run does: `pnpm nightly [NAME…] [--cases N] [--seed S]`. Without names, all
 * suites. What fails is printed with the command that repeats it; the others go on.
 */
import { parseArgs } from 'node:util';

import { newSeed } from '../../fuzz/fuzzer.ts';
import { suites } from './suites.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string' }, seed: { type: 'string' } },
});
const cases = whole('cases', values.cases) ?? 100_000;
const seed = whole('seed', values.seed) ?? newSeed();
const names = Object.keys(suites);
for (const name of positionals) {
  if (!names.includes(name)) fail(`there is no suite ${name}; there are ${names.join(', ')}`);
}

for (const name of positionals.length > 0 ? positionals : names) {
  const start = Date.now();
  console.log(`${name}: ${cases} cases from seed ${seed}`);
  try {
    const missing = await suites[name]!(seed, cases);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(missing === undefined ? `${name}: fine, ${seconds} s` : `${name}: ${missing}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`${name}: failed\n${shown(error)}`);
  }
}

/** What went wrong and where, once. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = '' } = error.cause instanceof Error ? error.cause : error;
  const [where] = /^ +at [^]*/m.exec(stack) ?? [''];
  return `${error.message}\n${where}`;
}

function whole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) fail(`--${option} ${text} is not a whole number`);
  return Number(text);
}

function fail(why: string): never {
  console.error(why);
  process.exit(2);
}
