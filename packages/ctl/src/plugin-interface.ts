/** What a `[ctlplugin:x]` module is given and gives: types only, `@tsvisor/ctl/plugin`. */
import type { Server } from './remote.ts';

/** tsvctl, as a plug-in sees it. */
export interface PluginController {
  /** Prints a line. */
  output(text: string): void;
  /**
   * Calls a method by its full name, of any namespace: `call('supervisor.getState')`. What it
   * rejects with, if the plug-in lets it pass, becomes the `error: …` line.
   */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** Whether the daemon is there; if not, that has been said. */
  upcheck(): Promise<boolean>;
  /** What tsvctl ends with; 0 unless it is set. */
  exitStatus: number;
  readonly server: Server;
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean;
}

/**
 * What `supervisor.ctl_factory = PATH.js:function` names. It is called once, with the other keys
 * of the section, lower-cased, as texts.
 */
export type ControlPluginFactory = (
  controller: PluginController,
  options: Readonly<Record<string, string>>,
) => PluginMethods | Promise<PluginMethods>;

/**
 * What it returns: `do_ACTION(argument)`, which is the action and gets the rest of the line, and
 * `help_ACTION()`, which returns lines of text. An action without help is not listed.
 */
export type PluginMethods = object;

export type { Server };
