import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import type { Figure } from '../harness/measure.ts';
import { numbered, reporting, roomForThousand, sleepers } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { allRunning } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { median, percentile } from '../harness/statistics.ts';

const PROGRAMS = 25;
const PROGRAMS_BESIDE = 10;
const IDLE = 1000;

const respawnFigure = (which: string): Figure => ({
  label: `respawn after kill -9, ${which}`,
  unit: 'ms',
  target: { ratioAtMost: 0.01 },
});

export const respawn = defineMeasure({
  name: 'respawn',
  rounds: 3,
  figures: {
    p50: respawnFigure('p50'),
    p99: respawnFigure('p99'),
    p50Beside: respawnFigure('p50, beside 1,000 programs'),
    p99Beside: respawnFigure('p99, beside 1,000 programs'),
  },
  async trial(contender, sandbox) {
    const other = new Sandbox();
    try {
      const alone = await respawns(contender, other, PROGRAMS, 0);
      const beside = await respawns(contender, sandbox, PROGRAMS_BESIDE, IDLE);
      return {
        p50: median(alone),
        p99: percentile(alone, 0.99),
        p50Beside: median(beside),
        p99Beside: percentile(beside, 0.99),
      };
    } finally {
      other.close();
    }
  },
});

/** Each program once, and the next when the last is back: nothing else wakes the daemon up. */
async function respawns(
  contender: Contender,
  sandbox: Sandbox,
  count: number,
  idle: number,
): Promise<number[]> {
  const reports = new Reports(sandbox.path('reports'));
  const programs = numbered(count).map((name) =>
    reporting(`killed-${name}`, reports, 'autorestart=true'),
  );
  const daemon = new Daemon(contender, sandbox, [...programs, ...sleepers(idle)], {
    supervisord: roomForThousand,
  });
  const pids = (await reports.take(count)).map(({ text }) => Number(text.split(' ')[1]));
  const client = await daemon.client();
  await allRunning(client, count + idle);
  client.close();
  const took: number[] = [];
  for (const pid of pids) {
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    took.push((await reports.next()).at - killedAt);
  }
  reports.close();
  return took;
}
