import type { Clock } from '../clock.ts';
import type { EventBus } from '../events/bus.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import type { ChildLog } from '../logs/child-log.ts';
import type { OwnPrograms } from './command.ts';
import type { OutputReaders } from './output-readers.ts';
import type { StartPace } from './start-pace.ts';

/** What a process needs of its group and of the supervisor. */
export interface ProcessContext {
  /** The group's name. */
  readonly group: string;
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly events: EventBus;
  readonly logs: { readonly stdout: ChildLog; readonly stderr: ChildLog };
  /** Those who read what it writes, beside its logs. */
  readonly readers: OutputReaders;
  readonly stripAnsi: boolean;
  /** The daemon's own, for `serverurl=AUTO`. */
  readonly serverUrl: string | null;
  /** Descriptor 0 of the children instead of a pipe: the socket of a FastCGI program. */
  readonly stdinSocket: { acquire(): number; release(): void } | undefined;
  /** Takes the stdout of an event listener, which is its side of the protocol. */
  readonly protocol: ((chunk: Buffer) => void) | undefined;
  /** What serves in the place of a command that is not there. */
  readonly ownPrograms?: OwnPrograms | undefined;
  /** One for all processes. */
  readonly startPace?: StartPace | undefined;
  /** Nothing is started by itself while this is false. */
  isSupervising(): boolean;
  /** A child has come to be. */
  spawned(pid: number): void;
  /** Collects it, if it is dead by now. */
  collect(pid: number): void;
  /** It has read so much that nothing waits to be written to its stdin any more. */
  stdinDrained(): void;
  /** Its state has changed, and that has been announced; or its child is gone, and nothing is announced. */
  changed(): void;
}
