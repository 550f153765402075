import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { numbered, reporting } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { allRunning } from '../harness/running.ts';
import { median, percentile } from '../harness/statistics.ts';

const PROGRAMS = 25;

export const respawn = defineMeasure({
  name: 'respawn',
  rounds: 4,
  figures: {
    p50: {
      label: 'respawn after kill -9, p50',
      unit: 'ms',
      target: { ratioAtMost: 0.01 },
    },
    p99: {
      label: 'respawn after kill -9, p99',
      unit: 'ms',
      target: { ratioAtMost: 0.01 },
    },
  },
  // Each program once, and the next when the last is back: nothing else wakes the daemon up.
  async trial(contender, sandbox) {
    const reports = new Reports(sandbox.path('reports'));
    const programs = numbered(PROGRAMS).map((name) => reporting(name, reports, 'autorestart=true'));
    const daemon = new Daemon(contender, sandbox, programs);
    const pids = (await reports.take(PROGRAMS)).map(({ text }) => Number(text.split(' ')[1]));
    const client = await daemon.client();
    await allRunning(client, PROGRAMS);
    client.close();
    const took: number[] = [];
    for (const pid of pids) {
      const killedAt = performance.now();
      process.kill(pid, 'SIGKILL');
      took.push((await reports.next()).at - killedAt);
    }
    reports.close();
    return { p50: median(took), p99: percentile(took, 0.99) };
  },
});
