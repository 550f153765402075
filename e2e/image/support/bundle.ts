import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { fromRoot, waitFor } from '../../support/sandbox.ts';

/** Built once, and by one of the workers: all boxes mount it, and none can write to it. */
const image = fromRoot('dist/image-under-test');

export interface Image {
  /** The bundle, to be mounted at /opt/tsvisor. */
  readonly bundle: string;
  /** A busybox and links to it, to be mounted at /bin. */
  readonly tools: string;
}

/** The newest of what goes into a bundle. */
function newestSource(): number {
  const folders = ['packages/daemon/bin', 'packages/ctl/bin', 'scripts/image'];
  const programs = ['packages/daemon/dist', 'packages/ctl/dist'].flatMap((folder) =>
    readdirSync(fromRoot(folder))
      .filter((name) => name.endsWith('.cjs') || name.endsWith('.conf'))
      .map((name) => join(folder, name)),
  );
  const sources = [
    'scripts/bundle-image.ts',
    ...folders.flatMap((folder) => readdirSync(fromRoot(folder)).map((name) => join(folder, name))),
    ...programs,
  ];
  return Math.max(...sources.map((source) => statSync(fromRoot(source)).mtimeMs));
}

/** Runs scripts/bundle-image.ts, as `pnpm bundle-image` does. */
export function bundleImage(...args: readonly string[]): string {
  return execFileSync(
    process.execPath,
    [fromRoot('node_modules/tsx/dist/cli.mjs'), fromRoot('scripts/bundle-image.ts'), ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

/** The image under test, made anew if a source of it is newer. */
export async function theImage(busybox: string): Promise<Image> {
  const made = join(image, 'made');
  const lock = `${image}.lock`;
  const isMade = (): boolean => existsSync(made) && statSync(made).mtimeMs >= newestSource();
  const result = { bundle: join(image, 'opt/tsvisor'), tools: join(image, 'bin') };
  mkdirSync(fromRoot('dist'), { recursive: true });
  await waitFor(
    `the image under test to be made (if nobody makes it, remove ${lock})`,
    () => isMade() || isOurs(lock),
    120_000,
  );
  if (isMade()) return result;
  try {
    const fresh = `${image}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(join(fresh, 'bin'), { recursive: true });
    execFileSync('cp', [busybox, join(fresh, 'bin/busybox')]);
    execFileSync(join(fresh, 'bin/busybox'), ['--install', '-s', join(fresh, 'bin')]);
    // The links are absolute, to where the box has it.
    for (const name of readdirSync(join(fresh, 'bin'))) {
      if (name === 'busybox') continue;
      execFileSync('ln', ['-sfn', 'busybox', join(fresh, 'bin', name)]);
    }
    bundleImage('--no-archive', join(fresh, 'opt/tsvisor'));
    writeFileSync(join(fresh, 'made'), '');
    rmSync(image, { recursive: true, force: true });
    renameSync(fresh, image);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return result;
}

function isOurs(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false; // EEXIST: another worker is at it
  }
}
