// Measures tsvisor beside the supervisord on PATH: the same configurations in the same run, in turn.
//
//   pnpm bench [NAME...] [--rounds N] [--json FILE]
//
// One table of ratios on stdout, progress on stderr. What is measured: docs/performance.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { compare, warmUp } from './harness/compare.ts';
import { closeAllAtExit } from './harness/sandbox.ts';
import { measures } from './measures/index.ts';
import { document } from './report/document.ts';
import { table } from './report/table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, json: { type: 'string' } },
});
const unknown = positionals.filter((name) => !measures.some((measure) => measure.name === name));
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (unknown.length > 0 || (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))) {
  console.error(`usage: pnpm bench [NAME...] [--rounds N] [--json FILE]
NAME: ${measures.map(({ name }) => name).join(' ')}`);
  process.exit(2);
}

closeAllAtExit();
await warmUp();
const asked = measures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const results = await compare(asked, rounds, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(table(results));
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(document(results), undefined, 2)}\n`);
}
process.exit(0);
