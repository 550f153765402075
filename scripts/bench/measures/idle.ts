import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { waitsOf } from '../harness/proc.ts';
import { sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { SETTLING_SECONDS, elapse } from '../harness/wait.ts';

const SECONDS = 20;

export const idle = defineMeasure({
  name: 'idle',
  rounds: 2,
  figures: {
    none: { label: 'wake-ups in 20 idle seconds, no programs', unit: '', target: { atMost: 0 } },
    hundred: {
      label: 'wake-ups in 20 idle seconds, 100 programs',
      unit: '',
      target: { atMost: 0 },
    },
    cpu: { label: 'CPU in 20 idle seconds, 100 programs', unit: 'ms', target: { atMost: 0 } },
  },
  async trial(contender, sandbox) {
    const empty = new Sandbox();
    try {
      const daemons = [await started(contender, empty, 0), await started(contender, sandbox, 100)];
      await elapse(SETTLING_SECONDS);
      const before = daemons.map(look);
      await elapse(SECONDS);
      const after = daemons.map(look);
      const [none, hundred] = after.map(({ waits, cpu }, index) => ({
        waits: waits - (before[index]?.waits ?? 0),
        cpu: cpu - (before[index]?.cpu ?? 0),
      }));
      return {
        none: none?.waits ?? NaN,
        hundred: hundred?.waits ?? NaN,
        cpu: (hundred?.cpu ?? NaN) * 1000,
      };
    } finally {
      empty.close();
    }
  },
});

const look = ({ pid, cpuSeconds }: Daemon): { waits: number; cpu: number } => ({
  waits: waitsOf(pid),
  cpu: cpuSeconds,
});

async function started(contender: Contender, sandbox: Sandbox, programs: number): Promise<Daemon> {
  const daemon = new Daemon(contender, sandbox, sleepers(programs));
  const client = await daemon.client();
  await sleeping(daemon, programs);
  client.close();
  return daemon;
}
