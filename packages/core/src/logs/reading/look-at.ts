import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** What a path stands for; where it cannot be looked at, for whatever reason, nothing is there. */
export function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
