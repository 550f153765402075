import { watch as watchFolder, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';

import { watch } from 'chokidar';

import type { Places } from './places.ts';

export interface Watcher {
  /** A folder that it watches was moved or removed: what is there now is not watched. */
  readonly isStale: boolean;
  close(): void;
}

/** What somebody who watches is told. */
export interface WatchEvents {
  /** Something has changed; where is known of files. */
  readonly changed: (path: string) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Watches places, and resolves once nothing escapes it. Folders are watched as the kernel tells of
 * them: chokidar would list a folder again for each line of a log that lies in it.
 */
export async function watchPlaces(places: Places, events: WatchEvents): Promise<Watcher> {
  let isStale = false;
  const folders = [...places.folders].flatMap(([folder, tests]) => {
    const told = (name: string | null): void => {
      if (name === basename(folder)) isStale = true;
      if (name === null || name === basename(folder) || tests.some((test) => test(name))) {
        events.changed(folder);
      }
    };
    const vanished = (): void => told(basename(folder));
    return openFolder(folder, told, vanished, events.failed) ?? [];
  });
  const files = watch([...places.files], { ignoreInitial: true, depth: 0 });
  files.on('all', (_event, path) => events.changed(path));
  files.on('error', (error) => events.failed(error));
  if (places.files.size > 0) await new Promise<void>((done) => void files.once('ready', done));
  return {
    get isStale() {
      return isStale;
    },
    close() {
      for (const folder of folders) folder.close();
      void files.close();
    },
  };
}

function openFolder(
  folder: string,
  told: (name: string | null) => void,
  vanished: () => void,
  failed: (error: unknown) => void,
): FSWatcher | undefined {
  try {
    // Its own name stands for the folder itself.
    const watcher = watchFolder(folder, (_event, name) => told(name));
    watcher.on('error', failed);
    return watcher;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') vanished();
    else failed(error);
    return undefined;
  }
}
