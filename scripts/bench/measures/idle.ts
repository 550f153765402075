import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import type { Figure } from '../harness/measure.ts';
import { waitsOf } from '../harness/proc.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { SETTLING_SECONDS, elapse } from '../harness/wait.ts';

const SECONDS = 30;
const COUNTS = [0, 100, 1000] as const;

const wakeUps = (programs: string): Figure => ({
  label: `wake-ups in 30 idle seconds, ${programs} programs`,
  unit: '',
  target: { atMost: 0 },
});

export const idle = defineMeasure({
  name: 'idle',
  rounds: 2,
  figures: {
    none: wakeUps('no'),
    hundred: wakeUps('100'),
    thousand: wakeUps('1,000'),
    cpu: { label: 'CPU in 30 idle seconds, 1,000 programs', unit: 'ms', target: { atMost: 0 } },
  },
  async trial(contender, sandbox) {
    const others = [new Sandbox(), new Sandbox()];
    try {
      const daemons: Daemon[] = [];
      for (const [index, count] of COUNTS.entries())
        daemons.push(await started(contender, others[index] ?? sandbox, count));
      await elapse(SETTLING_SECONDS);
      const before = daemons.map(look);
      await elapse(SECONDS);
      const [none, hundred, thousand] = daemons.map(look).map(({ waits, cpu }, index) => ({
        waits: waits - (before[index]?.waits ?? NaN),
        cpu: cpu - (before[index]?.cpu ?? NaN),
      }));
      return {
        none: none?.waits ?? NaN,
        hundred: hundred?.waits ?? NaN,
        thousand: thousand?.waits ?? NaN,
        cpu: (thousand?.cpu ?? NaN) * 1000,
      };
    } finally {
      for (const other of others) other.close();
    }
  },
});

const look = ({ pid, cpuSeconds }: Daemon): { waits: number; cpu: number } => ({
  waits: waitsOf(pid),
  cpu: cpuSeconds,
});

async function started(contender: Contender, sandbox: Sandbox, programs: number): Promise<Daemon> {
  const daemon = new Daemon(contender, sandbox, sleepers(programs), {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await sleeping(daemon, programs);
  client.close();
  return daemon;
}
