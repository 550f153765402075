import { words } from '../names.ts';
import { groupNames, processNames } from '../process-names.ts';
import type { Session } from '../session.ts';
import type { Command } from './command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

/** Prints the completion script of a shell; the scripts themselves ask it for names. */
export function completionCommand(commands: () => readonly Command[]): Command {
  const completion: Command = {
    name: 'completion',
    help: [
      'completion bash\t\tPrint what makes bash complete actions and names',
      'completion zsh\t\tThe same for zsh',
      'completion fish\t\tThe same for fish',
    ],
    isHidden: true,
    async run(session, argument) {
      const what = words(argument).join(' ');
      if (what === 'processes' || what === 'groups') return printNames(session, what);
      const shell = shells.find((each) => each === what);
      if (shell === undefined) {
        session.fail(`Error: completion requires one of ${shells.join(', ')}`);
        for (const line of completion.help) session.print(line);
        return;
      }
      const { completionScript } = await import('../completion-script.ts');
      session.output.write(completionScript(shell, commands()));
    },
  };
  return completion;
}

/** One name a line. Without a daemon: nothing, and no complaint in the middle of a typed line. */
async function printNames(session: Session, what: 'processes' | 'groups'): Promise<void> {
  try {
    const infos = await session.call('getAllProcessInfo');
    const names = what === 'groups' ? groupNames(infos) : [...processNames(infos, false), 'all'];
    for (const name of names) session.print(name);
  } catch {
    session.exitStatus = 1;
  }
}
