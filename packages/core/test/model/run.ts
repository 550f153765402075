import { randomSetting, randomStep } from './generate.ts';
import { Broken, Life } from './life.ts';
import { Random } from './random.ts';
import type { Setting, Step } from './step.ts';

/** What was done until something did not hold. */
export interface Failure {
  readonly setting: Setting;
  readonly steps: readonly Step[];
  readonly why: string;
}

/** Runs one life of these steps, as far as they go. */
export async function replay(
  setting: Setting,
  steps: readonly Step[],
): Promise<Failure | undefined> {
  const taken: Step[] = [];
  try {
    const life = new Life(setting);
    for (const step of steps) {
      if (life.isEnded) break;
      taken.push(step);
      await life.take(step);
    }
    await life.finish();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { setting, steps: taken, why: error.message };
  }
  return undefined;
}

/** Runs lives that follow from a seed, of so many steps in all. */
export async function runSeed(seed: number, steps: number): Promise<Failure | undefined> {
  const random = new Random(seed);
  for (let left = steps; left > 0;) {
    const setting = randomSetting(random);
    const length = Math.min(left, 20 + random.int(random.pick([100, 1000])));
    const life = Array.from({ length }, () => randomStep(random));
    const failure = await replay(setting, life);
    if (failure !== undefined) return failure;
    left -= length;
  }
  return undefined;
}
