import { request } from '../harness/client.ts';
import type { Client } from '../harness/client.ts';
import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { sleeping } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';
import { median } from '../harness/statistics.ts';

const SECONDS = 2;

export const rpc = defineMeasure({
  name: 'rpc',
  rounds: 3,
  figures: {
    allOfOne: {
      label: 'getAllProcessInfo p50, 1 program',
      unit: 'ms',
      target: { ratioAtMost: 1 },
    },
    stateOfOne: {
      label: 'getState requests, 1 program',
      unit: '/s',
      target: { ratioAtLeast: 1 },
    },
    allOfThousand: {
      label: 'getAllProcessInfo p50, 1,000 programs',
      unit: 'ms',
      target: { ratioAtMost: 0.02 },
    },
    stateOfThousand: {
      label: 'getState requests, 1,000 programs',
      unit: '/s',
      target: { ratioAtLeast: 25 },
    },
  },
  async trial(contender, sandbox) {
    const small = new Sandbox();
    try {
      const one = await answers(contender, small, 1);
      const thousand = await answers(contender, sandbox, 1000);
      return {
        allOfOne: one.all,
        stateOfOne: one.states,
        allOfThousand: thousand.all,
        stateOfThousand: thousand.states,
      };
    } finally {
      small.close();
    }
  },
});

async function answers(
  contender: Contender,
  sandbox: Sandbox,
  programs: number,
): Promise<{ all: number; states: number }> {
  const daemon = new Daemon(contender, sandbox, sleepers(programs), {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await sleeping(daemon, programs);
  const all = median(await repeat(client, 'supervisor.getAllProcessInfo'));
  const states = (await repeat(client, 'supervisor.getState')).length / SECONDS;
  client.close();
  return { all, states };
}

/** For a time, one request after another. @returns how many milliseconds each took */
async function repeat(client: Client, method: string): Promise<number[]> {
  const bytes = request(method);
  const took: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  for (let from = performance.now(); from < end;) {
    await client.send(bytes);
    const to = performance.now();
    took.push(to - from);
    from = to;
  }
  return took;
}
