import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { privateDirtyMebibytesOf } from '../harness/proc.ts';
import { numbered, reporting } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { SETTLING_SECONDS, elapse } from '../harness/wait.ts';

const PROGRAMS = 100;
const WARM_UP_WAVES = 3;
const WAVES = 10;

export const growth = defineMeasure({
  name: 'growth',
  rounds: 2,
  figures: {
    growth: {
      label: 'growth of private dirty memory over 1,000 restarts',
      unit: 'MiB',
      target: { atMost: 1 },
    },
  },
  async trial(contender, sandbox) {
    const reports = new Reports(sandbox.path('reports'));
    const programs = numbered(PROGRAMS).map((name) =>
      reporting(name, reports, 'startsecs=0', 'autorestart=true'),
    );
    const daemon = new Daemon(contender, sandbox, programs, { supervisord: ['minfds=2048'] });
    const settledMemory = async (): Promise<number> => {
      await elapse(SETTLING_SECONDS);
      return privateDirtyMebibytesOf(daemon.pid);
    };
    let running = await reports.take(PROGRAMS);
    const restart = async (times: number): Promise<void> => {
      for (let wave = 0; wave < times; wave++) {
        killAll(running);
        running = await reports.take(PROGRAMS);
      }
    };
    await restart(WARM_UP_WAVES);
    const before = await settledMemory();
    await restart(WAVES);
    const growth = (await settledMemory()) - before;
    reports.close();
    return { growth };
  },
});

function killAll(reported: readonly { text: string }[]): void {
  for (const { text } of reported) process.kill(Number(text.split(' ')[1]), 'SIGKILL');
}
