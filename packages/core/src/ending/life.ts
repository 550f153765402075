import type { Clock } from '../clock.ts';
import type { ShutdownOptions } from '../embed/options.ts';
import type { EventBus } from '../events/bus.ts';
import type { StartQueue } from '../group/start-queue.ts';
import type { SupervisorState } from '../process/states.ts';
import type { Ending } from './ending.ts';
import { withPatience } from './patience.ts';

/** How a supervisor goes down: for good, or to begin anew. */
export type Mood = 'SHUTDOWN' | 'RESTARTING';

export interface LifeOptions {
  readonly ending: Ending;
  readonly startQueue: StartQueue;
  readonly events: EventBus;
  readonly clock: Clock;
  /** Whether the end of its shutdown closes it. */
  readonly closesItself: boolean;
  /** Lets go of all that it holds; called once. */
  readonly release: () => void;
}

/** The life of a supervisor itself: it runs, goes down once, however often it is asked, and is closed. */
export class Life {
  readonly #options: LifeOptions;
  #state: SupervisorState = 'RUNNING';
  #ended: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#state === 'RUNNING';
  }

  /** A second call joins the first; SHUTDOWN overrides RESTARTING. */
  shutdown(how: Mood | ShutdownOptions): Promise<void> {
    const { ending, startQueue, events, clock } = this.#options;
    const mood = typeof how === 'string' ? how : 'SHUTDOWN';
    if (this.#ended === undefined) {
      this.#state = mood;
      startQueue.close();
      events.emit({ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' });
      this.#ended = this.#end();
    } else if (mood === 'SHUTDOWN') {
      this.#state = mood;
    }
    if (typeof how === 'string') return this.#ended;
    return withPatience(this.#ended, how, clock, () => ending.kill());
  }

  /** It ends at once, with the program that it is in. */
  cutShort(): void {
    this.#state = 'SHUTDOWN';
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.release();
  }

  async #end(): Promise<void> {
    const { ending, closesItself } = this.#options;
    await ending.begin(() => this.#state === 'SHUTDOWN');
    if (closesItself) this.close();
  }
}
