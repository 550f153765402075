import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { numbered, roomForThousand, sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';

const PROGRAMS = 1000;

export const stop = defineMeasure({
  name: 'stop',
  rounds: 3,
  figures: {
    groups: {
      label: 'TERM until exit, 1,000 programs in as many groups',
      unit: 'ms',
      target: { ratioAtMost: 0.4 },
    },
    group: {
      label: 'TERM until exit, 1,000 programs in one group',
      unit: 'ms',
      target: { ratioAtMost: 0.15 },
    },
  },
  async trial(contender, sandbox) {
    const other = new Sandbox();
    try {
      const programs = sleepers(PROGRAMS);
      const group = `[group:all]\nprograms=${numbered(PROGRAMS).join(',')}`;
      return {
        groups: await stopOf(contender, other, programs),
        group: await stopOf(contender, sandbox, [...programs, group]),
      };
    } finally {
      other.close();
    }
  },
});

async function stopOf(
  contender: Contender,
  sandbox: Sandbox,
  sections: readonly string[],
): Promise<number> {
  const daemon = new Daemon(contender, sandbox, sections, { supervisord: roomForThousand });
  await sleeping(daemon, PROGRAMS);
  const askedAt = performance.now();
  daemon.terminate();
  return (await daemon.ended()) - askedAt;
}
