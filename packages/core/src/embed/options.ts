import type { ConfigOptions, LogLevelName } from '@tsvisor/config';

import type { Clock } from '../clock.ts';
import type { ResultHandlers } from '../events/result-handlers.ts';
import type { Kernel } from '../kernel.ts';

/** What a supervisor is told of the program that it is embedded in. */
export interface HostOptions {
  /**
   * Where the lines of its main log go; left out: nowhere. Without `passes` it gets all from `info`
   * on.
   */
  readonly logger?: HostLogger | undefined;
  /** Shuts it down when it fires. */
  readonly signal?: AbortSignal | undefined;
  /**
   * When this program exits and the supervisor has not been shut down, children are asked to stop
   * (nobody waits for them then); false leaves them as they are. @default true
   */
  readonly stopOnExit?: boolean | undefined;
  /** What judges the answers of event listeners, by the names that `resultHandler` has. */
  readonly resultHandlers?: ResultHandlers | undefined;
  /** Another time, for tests: `FakeClock` of `@tsvisor/core/testing`. */
  readonly clock?: Clock | undefined;
  /** Another operating system, for tests: `FakeKernel` of `@tsvisor/core/testing`. */
  readonly kernel?: Kernel | undefined;
}

/** Takes the lines of the main log. */
export interface HostLogger {
  log(level: LogLevelName, text: string): void;
  /** Whether a line of this level would be written. */
  passes?(level: LogLevelName): boolean;
}

/** A supervisor without any file: its programs, and what it is told of the program around. */
export interface CreateOptions extends ConfigOptions, HostOptions {}

/** The end of a supervisor. */
export interface ShutdownOptions {
  /** No more patience once it fires: what is left is killed. */
  readonly signal?: AbortSignal | undefined;
  /** When what is left is killed; left out: each process has its `stopWaitSeconds`. */
  readonly timeoutSeconds?: number | undefined;
}

/** A subscription. */
export interface ListenOptions {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** What is read by `for await`. */
export interface StreamOptions extends ListenOptions {
  /** How many events wait for a slow reader; of more, the oldest are dropped. @default 1000 */
  readonly maxBuffered?: number | undefined;
  /** Called in the place where events have been dropped, with their number. */
  readonly missed?: ((count: number) => void) | undefined;
}
