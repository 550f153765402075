import { defineMeasure } from '../harness/measure.ts';
import { writing } from '../harness/writing.ts';

const LINE = 100;
const LINES = 2_500_000;

export const lines = defineMeasure({
  name: 'lines',
  rounds: 5,
  figures: {
    throughput: {
      label: 'one child writing line by line',
      unit: 'MB/s',
      target: { ratioAtLeast: 1 },
    },
    cpu: {
      label: 'one child writing line by line, CPU of the daemon',
      unit: 's/GB',
      target: { ratioAtMost: 0.5 },
    },
  },
  trial(contender, sandbox) {
    const text = sandbox.write('lines', `${'x'.repeat(LINE - 1)}\n`.repeat(LINES));
    return writing(contender, sandbox, {
      command: `dd if=${text} bs=${LINE} status=none`,
      bytes: LINE * LINES,
    });
  },
});
