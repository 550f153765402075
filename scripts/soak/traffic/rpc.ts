import type { Program } from '../programs.ts';
import { namespec } from '../programs.ts';
import type { Actions, Context } from './context.ts';

// Not USR1, by which a program of Node starts its debugger, and writes so.
const SIGNALS = ['HUP', 'USR2', 'KILL', 'CONT', '0', 'NOSUCH'];

const anyOf = ({ programs, random }: Context): Program => random.pick(programs);

/** One that may be stopped, killed and removed. */
export function restartable({ programs, random }: Context): Program {
  return random.pick(programs.filter(({ habit }) => habit.treatment === 'restarts'));
}

const kept = ({ programs, random }: Context): Program =>
  random.pick(programs.filter(({ habit }) => habit.treatment === 'keeps'));

export const rpcActions: Actions = {
  'rpc startProcess': {
    weight: 10,
    run: (one) =>
      one.client.call('supervisor.startProcess', [namespec(restartable(one)), one.random.once(2)]),
  },
  'rpc stopProcess': {
    weight: 5,
    run: (one) =>
      one.client.call('supervisor.stopProcess', [namespec(restartable(one)), one.random.once(2)]),
  },
  'rpc restart of a process': {
    weight: 12,
    run: async (one) => {
      const name = namespec(restartable(one));
      await one.client.call('supervisor.stopProcess', [name, true]).catch(ignored);
      return one.client.call('supervisor.startProcess', [name, false]);
    },
  },
  'rpc restart of a group': {
    weight: 3,
    run: async (one) => {
      const { group } = restartable(one);
      await one.client.call('supervisor.stopProcessGroup', [group, true]);
      return one.client.call('supervisor.startProcessGroup', [group, true]);
    },
  },
  'rpc removal and addition of a group': {
    weight: 2,
    run: async (one) => {
      const { group } = restartable(one);
      await one.client.call('supervisor.stopProcessGroup', [group, true]).catch(ignored);
      await one.client.call('supervisor.removeProcessGroup', [group]).catch(ignored);
      return one.client.call('supervisor.addProcessGroup', [group]);
    },
  },
  'rpc signalProcess': {
    weight: 6,
    run: (one) =>
      one.client.call('supervisor.signalProcess', [
        namespec(restartable(one)),
        one.random.pick(SIGNALS),
      ]),
  },
  'rpc clearProcessLogs': {
    weight: 2,
    run: ({ client, programs, random, books }) => {
      const one = random.pick(programs.filter(({ habit }) => habit.treatment === 'clears'));
      books.clearing(one.name);
      return client.call('supervisor.clearProcessLogs', [namespec(one)]);
    },
  },
  'rpc readProcessStdoutLog': {
    weight: 6,
    run: (one) =>
      one.client.call('supervisor.readProcessStdoutLog', [namespec(anyOf(one)), -5000, 0]),
  },
  'rpc tailProcessStdoutLog': {
    weight: 6,
    run: (one) =>
      one.client.call('supervisor.tailProcessStdoutLog', [namespec(anyOf(one)), 0, 20_000]),
  },
  'rpc tailProcessStderrLog': {
    weight: 3,
    run: (one) =>
      one.client.call('supervisor.tailProcessStderrLog', [namespec(anyOf(one)), 0, 20_000]),
  },
  'rpc readLog': { weight: 2, run: ({ client }) => client.call('supervisor.readLog', [-2000, 0]) },
  'rpc getAllProcessInfo': {
    weight: 5,
    run: ({ client }) => client.call('supervisor.getAllProcessInfo', []),
  },
  'rpc getAllConfigInfo': {
    weight: 1,
    run: ({ client }) => client.call('supervisor.getAllConfigInfo', []),
  },
  'rpc getProcessInfo': {
    weight: 6,
    run: (one) => one.client.call('supervisor.getProcessInfo', [namespec(anyOf(one))]),
  },
  'rpc getProcessInfo of nobody': {
    weight: 1,
    run: ({ client }) => client.call('supervisor.getProcessInfo', ['nobody']),
  },
  'rpc sendProcessStdin': {
    weight: 8,
    run: (one) => {
      const program = kept(one);
      return one.books.send(program.name, (number) =>
        one.client.call('supervisor.sendProcessStdin', [namespec(program), `${number}\n`]),
      );
    },
  },
  'rpc sendRemoteCommEvent': {
    weight: 6,
    run: ({ client, books }) =>
      books.send('remote', (number) =>
        client.call('supervisor.sendRemoteCommEvent', ['soak', String(number)]),
      ),
  },
  'rpc multicall': {
    weight: 2,
    run: (one) =>
      one.client.multicall([
        ['supervisor.getState', []],
        ['supervisor.getPID', []],
        ['supervisor.stopProcess', [namespec(restartable(one)), true]],
        ['supervisor.getAllProcessInfo', []],
      ]),
  },
  'rpc listMethods': { weight: 1, run: ({ client }) => client.call('system.listMethods', []) },
  'rpc unknown method': {
    weight: 1,
    run: ({ client }) => client.callAny('supervisor.nothing', []),
  },
};

/** A fault: somebody else was there first. */
const ignored = (): undefined => undefined;
