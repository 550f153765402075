import { Random } from '../../../fuzz/random.ts';
import { ClientError, Fault } from '../../../packages/rpc/src/index.ts';
import type { Daemon } from '../daemon.ts';
import type { Program } from '../programs.ts';
import type { Tally } from '../tally.ts';
import { elapse } from '../wait.ts';
import type { Actions, Books, Context } from './context.ts';
import { httpActions } from './http.ts';
import { malformedActions } from './malformed.ts';
import { rpcActions } from './rpc.ts';
import { streamActions } from './stream.ts';

const actions: Actions = { ...rpcActions, ...httpActions, ...streamActions, ...malformedActions };
const lots = Object.entries(actions).flatMap(([name, { weight }]) =>
  Array.from({ length: weight }, () => name),
);

export interface Party {
  readonly daemon: Daemon;
  readonly programs: readonly Program[];
  readonly tally: Tally;
  readonly books: Books;
}

/** So many clients, each of which does one thing after the other until `isOver`. */
export async function clients(
  party: Party,
  count: number,
  seed: number,
  isOver: () => boolean,
): Promise<void> {
  const one = async (index: number): Promise<void> => {
    const random = new Random(seed + index);
    const client = party.daemon.client();
    const context: Context = { ...party, random, client };
    while (!isOver()) {
      if (party.daemon.isUp) await act(context, random.pick(lots));
      await elapse(random.between(1, 30) / 100);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
}

async function act(context: Context, name: string): Promise<void> {
  const { daemon, tally } = context;
  tally.count(name);
  const wasUp = daemon.isUp;
  try {
    await actions[name]?.run(context);
  } catch (error) {
    if (error instanceof Fault) tally.count(`fault ${error.text.split(':', 1)[0]}`);
    else if (!wasUp || !daemon.isUp) tally.count('answers cut off by a reload');
    else
      tally.surprise(`${name}: ${error instanceof ClientError ? error.code : ''} ${String(error)}`);
  }
}
