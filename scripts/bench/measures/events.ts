import { fixture, python } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { Gate } from '../harness/gate.ts';
import { defineMeasure } from '../harness/measure.ts';
import { program } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { allRunning } from '../harness/running.ts';

const EVENTS = 20_000;

export const events = defineMeasure({
  name: 'events',
  rounds: 5,
  figures: {
    rate: {
      label: 'events through one listener',
      unit: '/s',
      target: { ratioAtLeast: 1.5 },
    },
  },
  async trial(contender, sandbox) {
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
    const daemon = new Daemon(contender, sandbox, [listener, source]);
    const client = await daemon.client();
    await allRunning(client, 2);
    client.close();
    gate.open();
    const [first, last] = await reports.take(2);
    reports.close();
    gate.close();
    return { rate: (1000 * (EVENTS - 1)) / ((last?.at ?? NaN) - (first?.at ?? NaN)) };
  },
});
