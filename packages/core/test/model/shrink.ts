import { replay } from './run.ts';
import type { Failure } from './run.ts';
import type { Step } from './step.ts';

const MOST_REPLAYS = 3000;

/** What does not hold, whoever it is about. */
const kindOf = ({ why }: Failure): string => why.replaceAll(/\w+:\w+|\w*\d\w*/g, '');

/** Drops steps while it still fails in the same way: halves first, then ever smaller pieces, then single ones. */
export async function shrink(failure: Failure): Promise<Failure> {
  let best = failure;
  let replays = 0;
  for (let size = best.steps.length >> 1; size >= 1; size = size > 1 ? size >> 1 : 0) {
    for (let isSmaller = true; isSmaller;) {
      isSmaller = false;
      for (let at = best.steps.length - size; at >= 0; at -= size) {
        const fewer: Step[] = best.steps.toSpliced(at, size);
        if (++replays > MOST_REPLAYS) return best;
        const found = await replay(best.setting, fewer);
        if (found === undefined || kindOf(found) !== kindOf(failure)) continue;
        best = found;
        isSmaller = true;
        at = Math.min(at, best.steps.length);
      }
    }
  }
  return best;
}

/** As it can be put into replays.test.ts. */
export function shown({ setting, steps, why }: Failure): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)},`);
  return [`['${why}', ${JSON.stringify(setting)}, [`, ...lines, ']],'].join('\n');
}
