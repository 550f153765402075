import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { reporting, sleepers } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { Sandbox } from '../harness/sandbox.ts';

export const start = defineMeasure({
  name: 'start',
  rounds: 10,
  figures: {
    socket: {
      label: 'exec until the socket answers',
      unit: 'ms',
      target: { ratioAtMost: 0.4 },
    },
    program: {
      label: 'exec until the first program runs',
      unit: 'ms',
      target: { ratioAtMost: 0.08 },
    },
  },
  // Each in a run of its own: a client would wake supervisord up, which then starts its programs.
  async trial(contender, sandbox) {
    const other = new Sandbox();
    try {
      return {
        socket: await untilAnswered(contender, other),
        program: await untilRunning(contender, sandbox),
      };
    } finally {
      other.close();
    }
  },
});

async function untilAnswered(contender: Contender, sandbox: Sandbox): Promise<number> {
  const daemon = new Daemon(contender, sandbox, sleepers(1));
  const client = await daemon.client();
  const answeredAt = performance.now();
  client.close();
  return answeredAt - daemon.startedAt;
}

async function untilRunning(contender: Contender, sandbox: Sandbox): Promise<number> {
  const reports = new Reports(sandbox.path('reports'));
  const daemon = new Daemon(contender, sandbox, [reporting('p', reports, 'startsecs=0')]);
  const { at } = await reports.next();
  reports.close();
  return at - daemon.startedAt;
}
