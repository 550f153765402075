import { fixture, python } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { numbered, program } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';

const PROGRAMS = 4;
const SECONDS = 3;

export const slowStop = defineMeasure({
  name: 'slow-stop',
  rounds: 2,
  figures: {
    time: {
      label: 'TERM until exit, 4 programs that need 3 s each',
      unit: 's',
      target: { ratioAtMost: 0.3 },
    },
  },
  async trial(contender, sandbox) {
    const reports = new Reports(sandbox.path('reports'));
    const command = `${python} -S -E ${fixture('slow-to-stop.py')} ${reports.path} ${SECONDS}`;
    const programs = numbered(PROGRAMS).map((name) => program(name, command));
    const daemon = new Daemon(contender, sandbox, programs);
    await reports.take(PROGRAMS);
    reports.close();
    const askedAt = performance.now();
    daemon.terminate();
    return { time: ((await daemon.ended()) - askedAt) / 1000 };
  },
});
