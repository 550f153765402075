import { readFileSync, statSync } from 'node:fs';

import { fixture, python } from '../harness/contenders.ts';
import { Daemon } from '../harness/daemon.ts';
import { Gate } from '../harness/gate.ts';
import { defineMeasure } from '../harness/measure.ts';
import { numbered, program } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { until } from '../harness/wait.ts';

const RATE = 1000;
const SECONDS = 10;
const LINE = 100;
const names = numbered(100);

export const hundred = defineMeasure({
  name: 'hundred',
  rounds: 3,
  figures: {
    cpu: {
      label: '100 children at 1,000 lines/s each, CPU of the daemon',
      unit: '%',
      target: { ratioAtMost: 0.35 },
    },
    lost: {
      label: '100 children at 1,000 lines/s each, lines lost',
      unit: 'lines',
      target: { atMost: 0 },
    },
  },
  async trial(contender, sandbox) {
    const reports = new Reports(sandbox.path('reports'));
    const gate = new Gate(sandbox.path('gate'));
    const script = `${python} -S -E ${fixture('lines.py')}`;
    const command = `${script} ${reports.path} ${gate.path} ${RATE * SECONDS} ${RATE}`;
    const log = (name: string): string => sandbox.path(`${name}.log`);
    const daemon = new Daemon(
      contender,
      sandbox,
      names.map((name) =>
        program(name, command, `stdout_logfile=${log(name)}`, 'stdout_logfile_maxbytes=0'),
      ),
    );
    await reports.take(names.length);
    reports.close();
    const before = daemon.cpuSeconds;
    const startedAt = performance.now();
    gate.open();
    await until('all lines to be written', () =>
      names.every((name) => statSync(log(name)).size >= RATE * SECONDS * LINE),
    );
    gate.close();
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = (100 * (daemon.cpuSeconds - before)) / seconds;
    const found = names.reduce((sum, name) => sum + countLines(log(name)), 0);
    return { cpu, lost: names.length * RATE * SECONDS - found };
  },
});

/** Only those that are whole. */
const countLines = (log: string): number =>
  readFileSync(log, 'latin1')
    .split('\n')
    .filter((line) => line.length === LINE - 1).length;
