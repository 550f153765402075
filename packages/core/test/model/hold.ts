import { runSeed } from './run.ts';
import { shown, shrink } from './shrink.ts';

/** @throws an error with the fewest steps found that show what does not hold */
export async function holdsFromSeed(seed: number, steps: number): Promise<void> {
  const failure = await runSeed(seed, steps);
  if (failure === undefined) return;
  const fewest = await shrink(failure);
  throw new Error(
    `seed ${seed}: ${failure.why}, at step ${failure.steps.length} of a life\n${shown(fewest)}`,
  );
}
