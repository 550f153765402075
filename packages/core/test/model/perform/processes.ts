import { SupervisorError } from '../../../src/errors.ts';
import { groupNames } from '../programs.ts';
import type { SomeDeeds } from './hands.ts';

/** What somebody asks of processes. */
export const processes = {
  start: (hands, { process }) => void hands.start(hands.process(process)),
  'start and wait'(hands, step) {
    const process = hands.process(step.process);
    if (process !== undefined && hands.start(process)) hands.world.promised.started(process);
  },
  stop: (hands, { process }) => void hands.stop(hands.process(process)),
  'stop and wait'(hands, step) {
    const process = hands.process(step.process);
    if (process !== undefined && hands.stop(process)) void hands.world.promised.stopped(process);
  },
  restart(hands, step) {
    const { promised } = hands.world;
    const process = hands.process(step.process);
    if (process === undefined || !hands.stop(process)) return;
    void promised.stopped(process).then(() => {
      if (hands.start(process)) promised.started(process);
    });
  },
  'start removed'(hands) {
    for (const process of hands.removed.splice(0)) {
      const isThere = hands.find(`${process.group}:${process.name}`) === process;
      if (!isThere) hands.refused(() => process.beginStart());
    }
  },
  steer(hands, { process: key, to }) {
    const { ledger, promised } = hands.world;
    const account = ledger.account(key);
    const process = hands.find(key);
    if (account === undefined || process === undefined) return;
    account.steering += 1;
    const done = process[to]().finally(() => (account.steering -= 1));
    done.catch((error: unknown) => {
      if (!(error instanceof SupervisorError)) ledger.fail(`thrown: ${String(error)}`);
    });
    promised.add(`${to} of ${key}`, done);
  },
  'start group': (hands, { group }) => hands.all('start', [group]),
  'stop group': (hands, { group }) => hands.all('stop', [group]),
  'start all': (hands) => hands.all('start', groupNames),
  'stop all': (hands) => hands.all('stop', groupNames),
  signal(hands, { process, signal }) {
    const { ledger } = hands.world;
    ledger.isSignalling = true;
    hands.refused(() => hands.process(process)?.signal(signal));
    ledger.isSignalling = false;
  },
  stdin: (hands, { process }) => hands.refused(() => hands.process(process)?.write('a line\n')),
  'clear logs': (hands, { process }) =>
    hands.refused(() => hands.process(process)?.log('stdout').clear()),
} satisfies SomeDeeds;
