import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { sleepers } from '../harness/programs.ts';

export const background = defineMeasure({
  name: 'background',
  rounds: 10,
  figures: {
    ready: {
      label: 'exec until the prompt is back and the socket answers',
      unit: 'ms',
      target: { ratioAtMost: 0.4 },
    },
  },
  async trial(contender, sandbox) {
    const daemon = new Daemon(contender, sandbox, sleepers(1), { background: true });
    const answered = daemon.client().then((client) => {
      client.close();
      return performance.now();
    });
    const readyAt = Math.max(...(await Promise.all([answered, daemon.ended()])));
    await daemon.detached();
    return { ready: readyAt - daemon.startedAt };
  },
});
