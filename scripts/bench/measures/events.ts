import { fixture, python } from '../harness/contenders.ts';
import type { Contender } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { Gate } from '../harness/gate.ts';
import { defineMeasure } from '../harness/measure.ts';
import { program, roomForThousand, sleepers } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { allRunning } from '../harness/running.ts';
import { Sandbox } from '../harness/sandbox.ts';

const EVENTS = 20_000;
const IDLE = 500;

export const events = defineMeasure({
  name: 'events',
  rounds: 3,
  figures: {
    rate: {
      label: 'events through one listener',
      unit: '/s',
      target: { ratioAtLeast: 1.5 },
    },
    beside: {
      label: 'events through one listener, beside 500 programs',
      unit: '/s',
      target: { ratioAtLeast: 30 },
    },
  },
  async trial(contender, sandbox) {
    const other = new Sandbox();
    try {
      return {
        rate: await rateOf(contender, other, 0),
        beside: await rateOf(contender, sandbox, IDLE),
      };
    } finally {
      other.close();
    }
  },
});

async function rateOf(contender: Contender, sandbox: Sandbox, idle: number): Promise<number> {
  const reports = new Reports(sandbox.path('reports'));
  const gate = new Gate(sandbox.path('gate'));
  const run = (script: string): string => `${python} -S -E ${fixture(script)}`;
  const listener = [
    '[eventlistener:listener]',
    `command=${run('listener.py')} ${reports.path} ${EVENTS}`,
    'events=PROCESS_COMMUNICATION',
    `buffer_size=${EVENTS}`,
  ].join('\n');
  const source = program(
    'source',
    `${run('captures.py')} ${gate.path} ${EVENTS}`,
    'stdout_capture_maxbytes=1MB',
  );
  const daemon = new Daemon(contender, sandbox, [listener, source, ...sleepers(idle)], {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await allRunning(client, idle + 2);
  client.close();
  gate.open();
  const [first, last] = await reports.take(2);
  reports.close();
  gate.close();
  return (1000 * (EVENTS - 1)) / ((last?.at ?? NaN) - (first?.at ?? NaN));
}
