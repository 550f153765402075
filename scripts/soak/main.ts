// Runs tsvd under all that can happen to it at once, and does the accounts afterwards.
//
//   pnpm soak [--minutes N] [--seed S] [--programs N] [--json FILE] [--keep]
//
// A report on stdout, progress on stderr. Ends with 0 if nothing was lost, doubled or leaked. Its logs and ledgers are
// removed, unless they are to be kept.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { newSeed } from '../../fuzz/fuzzer.ts';
import { isFine, table, verdict } from './report.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(newSeed()) },
    programs: { type: 'string', default: '200' },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const options = {
  minutes: Number(values.minutes),
  seed: Number(values.seed),
  programs: Number(values.programs),
  keep: values.keep,
};
if (!(options.minutes > 0) || !Number.isInteger(options.seed) || !(options.programs >= 1)) {
  console.error('usage: pnpm soak [--minutes N] [--seed S] [--programs N] [--json FILE] [--keep]');
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}

const outcome = await soak({
  ...options,
  progress: (line) => process.stderr.write(`soak: ${line}\n`),
});
const lines = verdict(outcome);
process.stdout.write(table(outcome, lines));
if (values.json !== undefined) {
  const { audit, watched, ...rest } = outcome;
  const { logs: _logs, told: _told, mainLog, ...counts } = audit;
  const { discarded: _discarded, ...said } = mainLog;
  const { samples, ...looks } = watched;
  const document = {
    ...rest,
    verdict: lines,
    audit: { ...counts, mainLog: said },
    ...looks,
    samples,
  };
  writeFileSync(values.json, `${JSON.stringify(document, undefined, 2)}\n`);
}
process.exit(isFine(lines) ? 0 : 1);
