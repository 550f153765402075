/** What `[supervisord]` says that concerns the programs, and not the daemon. */
export interface OptionsOfSupervisord {
  /** Variables for all programs. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** What it calls itself, to event listeners and clients. @default 'supervisor' */
  readonly identifier?: string | undefined;
  /** Escape sequences are taken out of what programs write. @default false */
  readonly stripAnsi?: boolean | undefined;
  /** At the end, groups of equal priority stop together, or all one after another. @default 'priority' */
  readonly shutdownOrder?: 'priority' | 'serial' | undefined;
  /** How many seconds the end of everything may take; 0 for as long as the programs may. @default 0 */
  readonly shutdownTimeoutSeconds?: number | undefined;
}
