import { latestConfig } from '../../api/effective-config.ts';
import type { ProcessDescription } from '../../api/effective-config.ts';
import type { PagesContext } from '../visit.ts';

/** What a program would be of which nothing is set; undefined: that cannot be told. */
export function defaultProcess({
  supervisor,
  readProgram,
}: PagesContext): ProcessDescription | undefined {
  const { config } = supervisor;
  try {
    const processes = readProgram({
      name: 'x',
      group: 'x',
      options: { command: '' },
      origin: config.supervisord.path,
    });
    const group = { type: 'program', name: 'x', priority: 999, processes } as const;
    const source = { config: { ...config, groups: [group] }, groups: [] };
    return latestConfig(source, 'readonly').groups[0]?.processes[0];
  } catch {
    // No reason to show nothing at all.
    return undefined;
  }
}
