import { NOT_KNOWN } from '../../src/web/status/row.ts';
import type { Stream } from '../stream.ts';
import { formatBytes, formatCpu } from './format.ts';
import type { Programs } from './programs.ts';

interface Usage {
  readonly process: string;
  readonly cpu: number | null;
  readonly memory: number;
}

const EVERY_SECONDS = 2;

/** Shows what the process trees use, while somebody looks. */
export function startUsage(stream: Stream, programs: Programs): void {
  let end: (() => void) | undefined;
  const follow = (): void => {
    end?.();
    end = document.hidden
      ? undefined
      : stream.subscribe(
          () => ({ to: 'usage', every: EVERY_SECONDS }),
          ({ type, processes }) => {
            if (type === 'usage') show(programs, processes as readonly Usage[]);
          },
        );
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

function show(programs: Programs, processes: readonly Usage[]): void {
  const usages = new Map(processes.map((usage) => [usage.process, usage]));
  for (const row of programs.rows) {
    const usage = usages.get(row.namespec);
    if (usage === undefined) row.showUsage(NOT_KNOWN, NOT_KNOWN);
    else row.showUsage(formatCpu(usage.cpu), formatBytes(usage.memory));
  }
}
