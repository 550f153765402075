import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { exactCpuSecondsOf } from '../harness/proc.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';

export const thousand = defineMeasure({
  name: 'thousand',
  rounds: 3,
  figures: {
    time: {
      label: 'exec until 1,000 programs run',
      unit: 's',
      target: { ratioAtMost: 0.4 },
    },
    cpu: {
      label: 'CPU of the daemon and of spawning 1,000 programs',
      unit: 's',
      target: { ratioAtMost: 0.5 },
    },
  },
  async trial(contender, sandbox) {
    const daemon = new Daemon(contender, sandbox, sleepers(1000), { supervisord: roomForThousand });
    const pids = await sleeping(daemon, 1000);
    const time = (performance.now() - daemon.startedAt) / 1000;
    // What a child takes between fork and exec is its own; so is the start of sleep(1).
    const ofChildren = pids.reduce((sum, pid) => sum + exactCpuSecondsOf(pid), 0);
    return { time, cpu: daemon.cpuSeconds + ofChildren };
  },
});
