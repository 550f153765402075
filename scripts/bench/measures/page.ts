import { pageRequest } from '../harness/client.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import { roomForThousand, sleepers } from '../harness/programs.ts';
import { allRunning, occurrences } from '../harness/running.ts';

const PROGRAMS = 100;
const WARM_UP_SECONDS = 1;
const SECONDS = 3;

export const page = defineMeasure({
  name: 'page',
  rounds: 3,
  figures: {
    rate: {
      label: 'requests for the status page, 100 programs',
      unit: '/s',
      target: { ratioAtLeast: 15 },
    },
  },
  async trial(contender, sandbox) {
    const daemon = new Daemon(contender, sandbox, sleepers(PROGRAMS), {
      supervisord: roomForThousand,
    });
    const client = await daemon.client();
    await allRunning(client, PROGRAMS);
    const bytes = pageRequest('/');
    const text = (await client.exchange(bytes)).toString();
    if (occurrences(text.toLowerCase(), '>running<') < PROGRAMS)
      throw new Error(`a bad page: ${text}`);
    const requestsFor = async (seconds: number): Promise<number> => {
      const startedAt = performance.now();
      let count = 0;
      for (; performance.now() < startedAt + seconds * 1000; count++) await client.exchange(bytes);
      return (1000 * count) / (performance.now() - startedAt);
    };
    await requestsFor(WARM_UP_SECONDS);
    const rate = await requestsFor(SECONDS);
    client.close();
    return { rate };
  },
});
