import { existsSync, readFileSync } from 'node:fs';

/** One life of a program, as it has noted it itself. */
export interface Life {
  /** Its number: pids come again. */
  readonly life: number;
  /** The number of the last record that it is known to have written. */
  readonly written: number;
  /** Whether it ended by itself, so that there is no record after that. */
  readonly ended: boolean;
  /** What it has read from its stdin, in that order. */
  readonly read: readonly number[];
}

/** The lives of a program in their order; see fixtures/writer.sh. */
export function readLedger(path: string): Life[] {
  const lives: { life: number; written: number; ended: boolean; read: number[] }[] = [];
  const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
  for (const line of text.split('\n')) {
    const [word = '', number] = line.split(' ');
    const life = lives.at(-1);
    if (word === 'L') lives.push({ life: Number(number), written: 0, ended: false, read: [] });
    else if (life === undefined || word === '') continue;
    else if (word === 'I') life.read.push(Number(number));
    else {
      life.written = Number(word === 'E' ? number : word);
      life.ended = word === 'E';
    }
  }
  return lives;
}
