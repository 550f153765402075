import { done, quietly, reason, told, unexpected } from './action.ts';
import type { Call, Outcome } from './action.ts';

type OnProcess = (call: Call, name: string, signal: string) => Promise<Outcome>;

/** What is done to one process, as the status page has always worded it (web.md §2). */
export const actionsOnProcess: ReadonlyMap<string, OnProcess> = new Map<string, OnProcess>([
  [
    'start',
    (call, name) =>
      told(call('supervisor.startProcess', [name]), `Process ${name} started`, ({ code, text }) => {
        return `ERROR: Process ${name}: ${reason(code, text)}`;
      }),
  ],
  [
    'stop',
    (call, name) =>
      told(call('supervisor.stopProcess', [name]), `Process ${name} stopped`, unexpected),
  ],
  [
    'restart',
    // Whatever happened, that is what the page has always said.
    async (call, name) => {
      await quietly(call('supervisor.stopProcess', [name]));
      await quietly(call('supervisor.startProcess', [name]));
      return done(`Process ${name} restarted`);
    },
  ],
  [
    'clearlog',
    (call, name) =>
      told(call('supervisor.clearProcessLogs', [name]), `Log for ${name} cleared`, unexpected),
  ],
  [
    'signal',
    (call, name, signal) =>
      told(
        call('supervisor.signalProcess', [name, signal]),
        `Signal ${signal} sent to ${name}`,
        ({ code, text }) => `ERROR: Process ${name}: ${reason(code, text)}`,
      ),
  ],
]);
