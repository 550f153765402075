import { defineMeasure } from '../harness/measure.ts';
import { writing } from '../harness/writing.ts';

const BLOCK = 65_536;
const BLOCKS = 4096;
const IDLE = 500;

export const besideIdle = defineMeasure({
  name: 'beside-idle',
  rounds: 3,
  figures: {
    throughput: {
      label: 'one fast child beside 500 idle ones',
      unit: 'MB/s',
      target: { ratioAtLeast: 15 },
    },
  },
  async trial(contender, sandbox) {
    const { throughput } = await writing(contender, sandbox, {
      command: `dd if=/dev/zero bs=${BLOCK} count=${BLOCKS} status=none`,
      bytes: BLOCK * BLOCKS,
      beside: IDLE,
    });
    return { throughput };
  },
});
