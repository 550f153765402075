import { defineMeasure } from '../harness/measure.ts';
import { writing } from '../harness/writing.ts';

const BLOCK = 65_536;
const BLOCKS = 16_384;

export const writer = defineMeasure({
  name: 'writer',
  rounds: 5,
  figures: {
    throughput: {
      label: 'one child writing 64 KiB at a time',
      unit: 'MB/s',
      target: { ratioAtLeast: 1 },
    },
    cpu: {
      label: 'one child writing 64 KiB at a time, CPU of the daemon',
      unit: 's/GB',
      target: { ratioAtMost: 0.8 },
    },
  },
  trial: (contender, sandbox) =>
    writing(contender, sandbox, {
      command: `dd if=/dev/zero bs=${BLOCK} count=${BLOCKS} status=none`,
      bytes: BLOCK * BLOCKS,
    }),
});
