import type { Plugin } from '../plugins.ts';
import { add } from './add.ts';
import { avail } from './avail.ts';
import { clear } from './clear.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { events } from './events.ts';
import { fg } from './fg.ts';
import { health } from './health.ts';
import { helpCommand } from './help.ts';
import { maintail } from './maintail.ts';
import { open } from './open.ts';
import { pid } from './pid.ts';
import { endOfInput, exit, quit } from './quit.ts';
import { reload } from './reload.ts';
import { remove } from './remove.ts';
import { reread } from './reread.ts';
import { restart } from './restart.ts';
import { shutdown } from './shutdown.ts';
import { signal } from './signal.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { tail } from './tail.ts';
import { update } from './update.ts';
import { version } from './version.ts';

/** Every action, in the order of their names. */
export const commands: readonly Command[] = [
  add,
  avail,
  clear,
  completionCommand(() => commands),
  events,
  exit,
  fg,
  health,
  maintail,
  open,
  pid,
  quit,
  reload,
  remove,
  reread,
  restart,
  shutdown,
  signal,
  start,
  status,
  stop,
  tail,
  update,
  version,
];

const builtIn: Plugin = { name: 'default', commands };

/** The action of that name: ours come first, then those of plug-ins in the order of the file. */
export function findCommand(name: string, plugins: readonly Plugin[]): Command | undefined {
  if (name === 'help') return helpCommand(() => [builtIn, ...plugins]);
  if (name === 'EOF') return endOfInput;
  for (const plugin of [builtIn, ...plugins]) {
    const found = plugin.commands.find((command) => command.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
