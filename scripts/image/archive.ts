// A .tar.gz whose bytes depend on nothing but names, modes and contents.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Packs the folder `name` in `root`; names in the archive begin with `name`. */
export function pack(root: string, name: string, archive: string): void {
  const tar = execFileSync(
    'tar',
    [
      '--create',
      '--format=ustar',
      '--sort=name',
      '--mtime=@0',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--directory=${root}`,
      name,
    ],
    { maxBuffer: 1 << 30 },
  );
  // Node writes neither a name nor a time into the header.
  writeFileSync(archive, gzipSync(tar, { level: 9 }));
}
