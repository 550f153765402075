import type { ProcessContext } from './context.ts';
import type { OutputSource } from './output.ts';
import type { Watchers } from './watchers.ts';

/** Where those read who want to know what a process writes. */
export function outputSource(
  process: { readonly isStopped: boolean },
  { readers, logs }: Pick<ProcessContext, 'readers' | 'logs'>,
  watchers: Pick<Watchers, 'each'>,
): OutputSource {
  return {
    readers,
    tail: (channel, bytes) => logs[channel].tail(0, bytes).data,
    whenStoppedNext(stopped) {
      let hasRun = !process.isStopped;
      return watchers.each(() => {
        if (!process.isStopped) hasRun = true;
        else if (hasRun) stopped();
      });
    },
  };
}
