import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes what tsc has once made of sources that are gone: it would be packed with the rest. */
export function removeStale(packageFolder: string): void {
  const dist = join(packageFolder, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const module = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(name)?.[1];
    if (module === undefined) continue;
    if (!existsSync(join(packageFolder, 'src', `${module}.ts`))) rmSync(join(dist, name));
  }
}
