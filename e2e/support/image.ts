import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { fromRoot } from './sandbox.ts';

/**
 * Does what the COPY lines of a Dockerfile say, into a folder instead of the root of an image, and
 * returns its CMD with the paths there.
 */
export function buildImage(dockerfile: string, root: string): string[] {
  const context = dirname(fromRoot(dockerfile));
  const lines = readFileSync(fromRoot(dockerfile), 'utf8').split('\n');
  for (const line of lines.filter((one) => /^COPY (?!--from)/.test(one))) {
    const words = line.split(' ').slice(1);
    const target = words.pop() as string;
    for (const source of words) {
      const to = join(root, target, target.endsWith('/') ? basename(source) : '');
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(context, source), to, { recursive: true });
    }
  }
  const command = lines.find((line) => line.startsWith('CMD ')) ?? '';
  return (JSON.parse(command.slice('CMD '.length)) as string[]).map((word) =>
    word.startsWith('/') ? join(root, word) : word,
  );
}
