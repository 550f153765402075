import { nameOf } from './names.ts';
import type { ProcessInfo } from './remote.ts';

export function groupNames(infos: readonly ProcessInfo[]): string[] {
  return [...new Set(infos.map((info) => info.group))];
}

/** `name`, or `group:name` and once per group `group:*` where the names differ or a colon is typed. */
export function processNames(infos: readonly ProcessInfo[], withGroups: boolean): string[] {
  const names = infos.flatMap((info) =>
    withGroups || info.name !== info.group
      ? [`${info.group}:${info.name}`, `${info.group}:*`]
      : [nameOf(info)],
  );
  return [...new Set(names)];
}
