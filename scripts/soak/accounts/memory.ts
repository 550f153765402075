export interface Sample {
  readonly seconds: number;
  readonly mebibytes: number;
}

export interface Trend {
  /** From the warm-up to the end, as the line that fits best has it. */
  readonly grownMiB: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Garbage comes and goes, 10 MiB of it in two minutes with 200 programs, until V8 collects all of it
 * at once. So of each of these windows, of more than two minutes in a soak of ten, the lower quartile
 * counts: the least of all may be a moment in which V8 moves its heap.
 */
const WINDOWS = 3;

/** How memory has grown in the last two thirds of the time. */
export function trendOf(samples: readonly Sample[]): Trend | undefined {
  const end = samples.at(-1)?.seconds ?? 0;
  const late = samples.filter(({ seconds }) => seconds >= end / 3);
  if (late.length < WINDOWS * 10) return undefined;
  const size = Math.ceil(late.length / WINDOWS);
  const least = Array.from({ length: WINDOWS }, (_, index) =>
    late.slice(index * size, (index + 1) * size),
  )
    .filter((window) => window.length > 0)
    .map(lowerQuartile);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(least.map(({ seconds }) => seconds));
  const y = mean(least.map(({ mebibytes }) => mebibytes));
  const covariance = mean(least.map((one) => (one.seconds - x) * (one.mebibytes - y)));
  const variance = mean(least.map(({ seconds }) => (seconds - x) ** 2));
  const [first, last] = [late[0] as Sample, late.at(-1) as Sample];
  return {
    grownMiB: variance === 0 ? 0 : (covariance / variance) * (last.seconds - first.seconds),
    first: least[0]?.mebibytes ?? 0,
    last: least.at(-1)?.mebibytes ?? 0,
  };
}

function lowerQuartile(window: readonly Sample[]): Sample {
  const sorted = window.map(({ mebibytes }) => mebibytes).sort((one, other) => one - other);
  const middle = window[Math.floor(window.length / 2)] as Sample;
  return { seconds: middle.seconds, mebibytes: sorted[Math.floor(sorted.length / 4)] as number };
}
