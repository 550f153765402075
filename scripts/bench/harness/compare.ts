import { contenders } from './contenders.ts';
import type { Contender } from './contenders.ts';
import { Daemon } from './daemon.ts';
import type { Figure, Measure } from './measure.ts';
import { reporting } from './programs.ts';
import { Reports } from './reports.ts';
import { Sandbox } from './sandbox.ts';

/** All that was measured of one figure: the values at an index belong to one round. */
export interface Result {
  readonly measure: string;
  readonly figure: Figure;
  readonly values: Readonly<Record<Contender['name'], number[]>>;
}

/** Round after round, so that what else the machine does falls on all measures alike. */
export async function compare(
  measures: readonly Measure[],
  rounds: number | undefined,
  progress: (line: string) => void,
): Promise<readonly Result[]> {
  const results = new Map(measures.map((measure) => [measure, resultsOf(measure)]));
  const most = rounds ?? Math.max(...measures.map((measure) => measure.rounds));
  for (let round = 0; round < most; round++) {
    for (const measure of measures) {
      const last = rounds ?? measure.rounds;
      if (round >= last) continue;
      // Who is first changes from round to round.
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const values = await inSandbox((sandbox) => measure.trial(contender, sandbox));
        for (const [key, value] of Object.entries(values)) {
          results.get(measure)?.get(key)?.values[contender.name].push(value);
        }
        const shown = Object.entries(values).map(([key, value]) => `${key} ${value.toFixed(2)}`);
        progress(`${measure.name} ${round + 1}/${last}, ${contender.name}: ${shown.join(', ')}`);
      }
    }
  }
  return [...results.values()].flatMap((ofMeasure) => [...ofMeasure.values()]);
}

/** Once each, unmeasured: so that all files are in memory. */
export async function warmUp(): Promise<void> {
  for (const contender of contenders) {
    await inSandbox(async (sandbox) => {
      const reports = new Reports(sandbox.path('reports'));
      const daemon = new Daemon(contender, sandbox, [reporting('p', reports)]);
      await reports.next();
      reports.close();
      daemon.terminate();
      await daemon.ended();
    });
  }
}

function resultsOf({ name, figures }: Measure): Map<string, Result> {
  return new Map(
    Object.entries(figures).map(([key, figure]) => [
      key,
      { measure: name, figure, values: { tsvisor: [], supervisord: [] } },
    ]),
  );
}

async function inSandbox<T>(run: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = new Sandbox();
  try {
    return await run(sandbox);
  } finally {
    sandbox.close();
  }
}
