import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { privateDirtyMebibytesOf } from '../harness/proc.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { SETTLING_SECONDS, elapse } from '../harness/wait.ts';

export const memory = defineMeasure({
  name: 'memory',
  rounds: 3,
  figures: {
    one: {
      label: 'private dirty memory, 1 program',
      unit: 'MiB',
      target: { ratioAtMost: 0.6 },
    },
    thousand: {
      label: 'private dirty memory, 1,000 programs',
      unit: 'MiB',
      target: { ratioAtMost: 0.7 },
    },
  },
  async trial(contender, sandbox) {
    const small = new Sandbox();
    try {
      const daemons = [
        await asked(contender, small, 1),
        await asked(contender, sandbox, 1000),
      ] as const;
      await elapse(SETTLING_SECONDS);
      const [one, thousand] = daemons;
      return {
        one: privateDirtyMebibytesOf(one.pid),
        thousand: privateDirtyMebibytesOf(thousand.pid),
      };
    } finally {
      small.close();
    }
  },
});

/** All run, and a client has asked for it all a few times. */
async function asked(contender: Contender, sandbox: Sandbox, programs: number): Promise<Daemon> {
  const daemon = new Daemon(contender, sandbox, sleepers(programs), {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await sleeping(daemon, programs);
  for (let times = 0; times < 5; times++) await client.call('supervisor.getAllProcessInfo');
  client.close();
  return daemon;
}
