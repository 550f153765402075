import { readFileSync } from 'node:fs';

import type { Logger, Process, Supervisor } from '@tsvisor/core';

const SIGKILL = 9;
/** Where a container sees its own cgroup: version 2, version 1. */
const COUNTERS = ['/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/memory/memory.oom_control'];

/** How many processes of our cgroup the kernel has killed for want of memory; 0 where nobody counts. */
export function oomKills(files: readonly string[] = COUNTERS): number {
  for (const file of files) {
    try {
      return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
    } catch {
      // The other version, or no cgroup at all.
    }
  }
  return 0;
}

/** Says behind a death by SIGKILL when the kernel has run out of memory meanwhile. */
export function watchOomKills(
  supervisor: Pick<Supervisor, 'events' | 'group'>,
  logger: Logger,
  count: () => number = oomKills,
): void {
  let known = count();
  supervisor.events.subscribe(
    ['PROCESS_STATE_EXITED', 'PROCESS_STATE_BACKOFF'],
    ({ process: { group, name } }) => {
      const process: Process | undefined = supervisor.group(group)?.process(name);
      if (process?.facts.endedBy !== SIGKILL) return;
      const now = count();
      if (now <= known) return;
      known = now;
      logger.log(
        'warn',
        `out of memory: the kernel has killed processes of this cgroup, '${name}' probably among them`,
      );
    },
  );
}
