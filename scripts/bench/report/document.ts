import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

import type { Result } from '../harness/compare.ts';
import { supervisord } from '../harness/contenders.ts';
import { judge } from './verdict.ts';

/** All that was measured, for `--json`. */
export const document = (results: readonly Result[]): object => ({
  date: new Date().toISOString(),
  machine: { cores: cpus().length },
  node: process.version,
  supervisord: execFileSync(supervisord.daemon, ['-v'], { encoding: 'utf8' }).trim(),
  figures: results.map((result) => ({
    measure: result.measure,
    ...result.figure,
    ...judge(result),
    values: result.values,
  })),
});
