import type { Result } from '../harness/compare.ts';
import type { Target } from '../harness/measure.ts';
import { summarize } from '../harness/statistics.ts';
import type { Summary } from '../harness/statistics.ts';

export interface Verdict {
  readonly tsvisor: Summary;
  readonly supervisord: Summary;
  /** Of the two values of each round. */
  readonly ratio: Summary;
  readonly isMet: boolean;
}

export function judge({ figure, values }: Result): Verdict {
  const tsvisor = summarize(values.tsvisor);
  const supervisord = summarize(values.supervisord);
  const ratio = summarize(
    values.tsvisor.map((value, round) => value / (values.supervisord[round] ?? NaN)),
  );
  return { tsvisor, supervisord, ratio, isMet: isMet(figure.target, ratio, tsvisor) };
}

function isMet(target: Target, ratio: Summary, tsvisor: Summary): boolean {
  if ('ratioAtMost' in target) return ratio.median <= target.ratioAtMost;
  if ('ratioAtLeast' in target) return ratio.median >= target.ratioAtLeast;
  return tsvisor.median <= target.atMost;
}

export function targetText(target: Target, unit: string): string {
  if ('ratioAtMost' in target) return `≤ ${target.ratioAtMost}`;
  if ('ratioAtLeast' in target) return `≥ ${target.ratioAtLeast}`;
  return `${target.atMost === 0 ? '' : '≤ '}${target.atMost} ${unit}`.trim();
}
