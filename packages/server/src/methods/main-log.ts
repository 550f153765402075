import { SupervisorError, followLog, readLogFile } from '@tsvisor/core';
import type { Cancel, Deliver, FollowOptions, Follower } from '@tsvisor/core';

/** What the daemon offers of its own log. */
export interface MainLogSource {
  /** null: it goes to syslog, or nowhere. */
  readonly path: string | null;
  /** @throws {SupervisorError} NO_FILE, FAILED */
  clear(): void;
  /** Calls at every change of the log. */
  subscribe(changed: () => void): Cancel;
}

/** The daemon's own log, as clients read it. */
export class MainLog {
  readonly #source: MainLogSource;

  constructor(source: MainLogSource) {
    this.#source = source;
  }

  get path(): string | null {
    return this.#source.path;
  }

  /** @throws {SupervisorError} NO_FILE with its name, BAD_ARGUMENTS, FAILED */
  read(offset: number, length: number): Buffer {
    return readLogFile(this.#file(), offset, length);
  }

  clear(): void {
    this.#source.clear();
  }

  /** @throws {SupervisorError} NO_FILE */
  follow(deliver: Deliver, options?: FollowOptions): Follower {
    const tail = followLog({ ...options, path: this.#file(), deliver });
    const unsubscribe = this.#source.subscribe(() => tail.changed());
    return {
      changed: () => tail.changed(),
      resume: () => tail.resume(),
      close: () => {
        unsubscribe();
        tail.close();
      },
    };
  }

  #file(): string {
    const { path } = this.#source;
    // What `logfile=` has then is what faults name.
    if (path === null) throw new SupervisorError('NO_FILE', 'syslog');
    return path;
  }
}
