import { closeSync, readSync } from 'node:fs';

import { openPipe } from '@tsvisor/posix';

/** A pipe whose writing end stands for our own stdout: it blocks, as others share it. */
export interface PipeUnderTest {
  readonly writeFd: number;
  readonly path: string;
  /** All that is in it now. */
  read(): string;
  closeReader(): void;
  close(): void;
}

export function openTestPipe(): PipeUnderTest {
  const { ours, theirs } = openPipe('read');
  let isOpen = true;
  const closeReader = (): void => {
    if (isOpen) closeSync(ours);
    isOpen = false;
  };
  return {
    writeFd: theirs,
    path: `/proc/self/fd/${theirs}`,
    read: () => readAll(ours),
    closeReader,
    close() {
      closeReader();
      closeSync(theirs);
    },
  };
}

/** Reads what a descriptor that does not block has now. */
export function readAll(fd: number): string {
  const buffer = Buffer.alloc(65_536);
  let text = '';
  for (;;) {
    try {
      const length = readSync(fd, buffer, 0, buffer.length, null);
      if (length === 0) return text;
      text += buffer.toString('latin1', 0, length);
    } catch {
      return text;
    }
  }
}
