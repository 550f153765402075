import { execFile } from 'node:child_process';

import type { Contender } from '../harness/contenders.ts';
import { Daemon, environment } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { occurrences, sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { median } from '../harness/statistics.ts';

export const status = defineMeasure({
  name: 'status',
  rounds: 3,
  figures: {
    one: {
      label: 'status, the whole command, 1 program',
      unit: 'ms',
      target: { ratioAtMost: 0.5 },
    },
    thousand: {
      label: 'status, the whole command, 1,000 programs',
      unit: 'ms',
      target: { ratioAtMost: 0.06 },
    },
  },
  async trial(contender, sandbox) {
    const small = new Sandbox();
    try {
      const one = await statusOf(contender, small, 1, 10);
      return { one, thousand: await statusOf(contender, sandbox, 1000, 4) };
    } finally {
      small.close();
    }
  },
});

async function statusOf(
  contender: Contender,
  sandbox: Sandbox,
  programs: number,
  times: number,
): Promise<number> {
  const daemon = new Daemon(contender, sandbox, sleepers(programs), {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await sleeping(daemon, programs);
  client.close();
  const took: number[] = [];
  while (took.length < times) {
    const startedAt = performance.now();
    const output = await run(contender.control, ['-c', sandbox.path('d.conf'), 'status']);
    took.push(performance.now() - startedAt);
    if (occurrences(output, ' RUNNING ') !== programs) throw new Error(`a bad status: ${output}`);
  }
  return median(took);
}

const run = (program: string, words: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, words, { env: environment }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
