import { openSync, writeSync } from 'node:fs';

import { EndOfInput, Interrupted } from '../errors.ts';

/** Asks on the terminal, without showing what is typed; undefined if there is no terminal. */
export async function readSecretFromTerminal(prompt: string): Promise<string | undefined> {
  let fd: number;
  try {
    fd = openSync('/dev/tty', 'r+');
  } catch {
    // ENXIO, ENOENT, EACCES: no terminal to ask on.
    return undefined;
  }
  const { ReadStream } = await import('node:tty');
  const terminal = new ReadStream(fd);
  // First: who answers at once, as a script does, is not shown either.
  terminal.setRawMode(true);
  try {
    writeSync(fd, prompt);
    return await new Promise<string>((resolve, reject) => {
      const typing = new SecretTyping();
      terminal.on('error', reject);
      terminal.on('data', (chunk: Buffer) => {
        const end = typing.feed(chunk.toString());
        if (end === 'entered') resolve(typing.text);
        else if (end === 'interrupted') reject(new Interrupted());
        else if (end === 'ended') reject(new EndOfInput());
      });
    });
  } finally {
    terminal.setRawMode(false);
    writeSync(fd, '\n');
    terminal.destroy();
  }
}

/** What keys in raw mode make of a hidden line. */
export class SecretTyping {
  text = '';

  feed(keys: string): 'entered' | 'interrupted' | 'ended' | 'typing' {
    for (const key of keys) {
      if (key === '\r' || key === '\n') return 'entered';
      if (key === '\u0003') return 'interrupted';
      if (key === '\u0004' && this.text === '') return 'ended';
      if (key === '\u007F' || key === '\b') this.text = this.text.replace(/.$/su, '');
      else if (key === '\u0015') this.text = '';
      else if (key >= ' ') this.text += key;
    }
    return 'typing';
  }
}
