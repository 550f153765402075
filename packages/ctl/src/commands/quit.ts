import type { Session } from '../session.ts';
import type { Command } from './command.ts';

function leave(session: Session): Promise<'leave'> {
  session.print('');
  return Promise.resolve('leave');
}

export const quit: Command = {
  name: 'quit',
  help: ['quit\tExit the supervisor shell.'],
  run: leave,
};

export const exit: Command = {
  name: 'exit',
  help: ['exit\tExit the supervisor shell.'],
  run: leave,
};

/** What the end of the input does; it can be typed too. */
export const endOfInput: Command = { name: 'EOF', help: [], isHidden: true, run: leave };
