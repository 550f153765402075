import type { Command } from './commands/command.ts';

/** A `[ctlplugin:NAME]` section at work: actions beside the built-in ones. */
export interface Plugin {
  readonly name: string;
  readonly commands: readonly Command[];
}
