import { isatty } from 'node:tty';

import type { Input, Output } from '../session.ts';
import { readHistory, writeHistory } from './history-file.ts';
import { PlainInput } from './plain-input.ts';
import type { Complete } from './terminal-input.ts';

/** The user's input: with editing and completion if both ends are terminals. Reads nothing yet. */
export async function openInput(
  output: Output,
  historyFile: string | null,
  newCompleter: () => Complete,
): Promise<Input> {
  if (!isatty(0) || !output.isTerminal) return new PlainInput(() => process.stdin, output);
  const { TerminalInput } = await import('./terminal-input.ts');
  return new TerminalInput({
    openInput: () => process.stdin,
    openOutput: () => process.stdout,
    newCompleter,
    history: historyFile === null ? [] : readHistory(historyFile),
    keepHistory: (history) => {
      if (historyFile !== null) writeHistory(historyFile, history);
    },
  });
}
